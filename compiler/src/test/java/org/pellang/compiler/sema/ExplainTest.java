package org.pellang.compiler.sema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pellang.compiler.diagnostic.Catalog;
import org.pellang.compiler.diagnostic.Diagnostic;

/** Every code that the compiler can say has an explanation, whose wrong program gets the code and whose right one gets nothing. */
class ExplainTest {
    private static final Pattern PROGRAM = Pattern.compile("(?m)^## (Wrong|Right)[^\\n]*\\n+```pel\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void everyCodeInTheSourcesIsExplained() throws IOException {
        TreeSet<String> said = new TreeSet<>();
        Pattern code = Pattern.compile("\"(PEL0\\d{3})\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher m = code.matcher(Files.readString(file));
                while (m.find()) {
                    said.add(m.group(1));
                }
            }
        }
        assertThat(Catalog.codes()).containsAll(said);
    }

    /** The exceptions take a file of 16 million characters, one that is no text, and a program beyond the limits of a Java class. */
    @Test
    void everyCodeHasAGoldenFile() throws IOException {
        TreeSet<String> missing = new TreeSet<>(Catalog.codes());
        missing.removeAll(List.of("PEL0015", "PEL0016", "PEL0092", "PEL9999"));
        // Modules and Java classes need more than one file: the tests of modules.
        missing.removeAll(List.of("PEL0801", "PEL0802", "PEL0803", "PEL0902", "PEL0903", "PEL0904"));
        try (Stream<Path> files = Files.walk(Path.of("src/test/pel"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                missing.removeIf(text::contains);
            }
        }
        assertThat(missing).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> programs() {
        return Catalog.codes().stream().flatMap(code -> {
            Matcher m = PROGRAM.matcher(Catalog.explain(code).orElseThrow());
            return m.results()
                    .map(r -> DynamicTest.dynamicTest(code + " " + r.group(1), () -> check(code, r.group(1).equals("Wrong"), r.group(2))));
        });
    }

    private static void check(String code, boolean wrong, String program) {
        List<Diagnostic> found = CheckedText.diagnostics(program);
        if (wrong) {
            assertThat(found.stream().map(Diagnostic::code).distinct().toList()).isEqualTo(List.of(code));
        } else {
            assertThat(found).isEmpty();
        }
    }
}
