package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Catalog;

/** The programs in the documentation do what it says: every {@code pel} block of the reference, every right program of an explanation. */
class DocumentedProgramsTest {
    private static final Pattern BLOCK = Pattern.compile("^```pel\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private final Toolchain toolchain = new Toolchain();

    @TestFactory
    Stream<DynamicTest> reference() throws IOException {
        return programs("reference.md");
    }

    @TestFactory
    Stream<DynamicTest> tutorial() throws IOException {
        return programs("tutorial.md");
    }

    private Stream<DynamicTest> programs(String page) throws IOException {
        String text = Files.readString(Path.of("../docs/language", page));
        List<DynamicTest> tests = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = 2 + (int) text.substring(0, block.start()).lines().count();
            String program = block.group(1);
            tests.add(DynamicTest.dynamicTest(page + ":" + line, () -> check(program)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> explanations() {
        return Catalog.codes().stream().flatMap(code -> {
            String page = Catalog.explain(code).orElseThrow();
            String part = page.substring(page.indexOf("## Right"));
            // Programs of several files are checked with the page's other programs.
            Matcher right = BLOCK.matcher(part.contains("`main.pel`") ? "" : part);
            return right.results().map(r -> DynamicTest.dynamicTest(code, () -> check(r.group(1))));
        });
    }

    /** Without what is said, rightly, on a machine that has no graphics processor. */
    private static String withoutNotice(String report) {
        return report.replaceFirst("(?m)^pelrun: .* no graphics processor can be used here.*\\R", "");
    }

    private void check(String text) {
        Toolchain.Compiled compiled = toolchain.compile("doc.pel", text);
        assertThat(compiled.messages()).isEmpty();
        for (int ranks : List.of(1, 3)) {
            Toolchain.Run run = toolchain.run(compiled.jar(), ranks, List.of());
            assertThat(withoutNotice(run.report())).isEmpty();
            assertThat(run.exitCode()).isZero();
            Toolchain.Run reference = toolchain.interpret(toolchain.typed("doc.pel", text), ranks, List.of());
            assertThat(run.out()).isEqualTo(reference.out());
        }
    }
}
