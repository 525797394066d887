package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.compiler.doc.DocReader;
import org.pellang.quality.differential.Toolchain.Compiled;
import org.pellang.quality.differential.Toolchain.Run;
import org.pellang.stdlib.Format;

/** The examples in the doc comments of the standard library: those that are conditions hold, compiled and interpreted; the rest compiles. */
class LibraryExamplesTest {
    /** What the statements among the examples take for granted. */
    private static final String NAMES = "let mu = 1.0  let sigma = 2.0  let rate = 0.5  let i = 3\n";

    /** Functions of the compiler itself, each with an example: conditions, and statements that run in a function of their own. */
    private static final String BUILT_IN = "builtins";

    private final Toolchain toolchain = new Toolchain();

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> hold() {
        return Stream.of("io", "math", "random", "sorting", "stats", "text", BUILT_IN)
                .map(module -> DynamicTest.dynamicTest(module, () -> hold(module)));
    }

    private void hold(String module) throws IOException {
        List<String> examples = examples(module);
        assertThat(examples).isNotEmpty();
        StringBuilder program = new StringBuilder(NAMES);
        List<String> conditions = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        for (String example : examples) {
            boolean condition = toolchain.compile("p.pel", NAMES + "let b: bool = " + example).errors().isEmpty();
            if (condition) {
                conditions.add(example);
                program.append("assert ").append(example).append(", \"").append(example.replace("\\", "").replace("\"", "'").replace("{", "(").replace("}", ")")).append("\"\n");
            } else if (module.equals(BUILT_IN)) {
                String elsewhere = example.replaceAll("\"(u\\.\\w+)\"", "\"" + folder + "/$1\"");
                program.append("fn example").append(functions.size()).append("() {\n").append(elsewhere).append("\n}\n");
                functions.add("example" + functions.size() + "()\n");
            } else {
                boolean statement = example.startsWith("let ") || example.startsWith("for ");
                String text = NAMES + (statement ? example : "let value = " + example);
                assertThat(toolchain.compile("p.pel", text).messages()).as(example).isEmpty();
            }
        }
        assertThat(conditions.size()).as("conditions among %s", examples).isGreaterThanOrEqualTo(module.equals("io") ? 1 : examples.size() / 4);
        functions.forEach(program::append);
        Compiled compiled = toolchain.compile("p.pel", program.toString());
        byte[] jar = compiled.jar();
        assertThat(compiled.messages()).isEmpty();
        assertThat(jar).isNotNull();
        for (int ranks : List.of(1, 3)) {
            holds(toolchain.run(jar, ranks, List.of()));
            holds(toolchain.interpret(toolchain.typed("p.pel", program.toString()), ranks, List.of()));
        }
    }

    private static void holds(Run run) {
        assertThat(run.report()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    /** Doc comment lines that are indented as code. */
    private static List<String> examples(String module) throws IOException {
        boolean builtIn = module.equals(BUILT_IN);
        try (InputStream in = builtIn
                ? DocReader.class.getResourceAsStream(BUILT_IN + ".pel")
                : Format.class.getResourceAsStream("/org/pellang/stdlib/" + module + ".pel")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (builtIn) {
                assertThat(text.split("\n\n")).allSatisfy(entry -> assertThat(!entry.contains("fn ") || entry.contains("##     ")).as("example of%n%s", entry).isTrue());
            }
            return text.lines().map(String::strip).filter(l -> l.startsWith("##     ")).map(l -> l.substring(2).strip()).toList();
        }
    }
}
