package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.pellang.quality.differential.Toolchain.Compiled;
import org.pellang.quality.differential.Toolchain.Run;
import org.pellang.stdlib.Format;

/** The examples in the doc comments of the standard library: those that are conditions hold, compiled and interpreted; the rest compiles. */
class LibraryExamplesTest {
    /** What the statements among the examples take for granted. */
    private static final String NAMES = "let mu = 1.0  let sigma = 2.0  let rate = 0.5  let i = 3\n";

    private final Toolchain toolchain = new Toolchain();

    @TestFactory
    Stream<DynamicTest> hold() {
        return Stream.of("io", "math", "random", "sorting", "stats", "text")
                .map(module -> DynamicTest.dynamicTest(module, () -> hold(module)));
    }

    private void hold(String module) throws IOException {
        List<String> examples = examples(module);
        assertThat(examples).isNotEmpty();
        StringBuilder program = new StringBuilder(NAMES);
        List<String> conditions = new ArrayList<>();
        for (String example : examples) {
            boolean condition = toolchain.compile("p.pel", NAMES + "let b: bool = " + example).errors().isEmpty();
            if (condition) {
                conditions.add(example);
                program.append("assert ").append(example).append(", \"").append(example.replace("\\", "").replace("\"", "'").replace("{", "(").replace("}", ")")).append("\"\n");
            } else {
                boolean statement = example.startsWith("let ") || example.startsWith("for ");
                String text = NAMES + (statement ? example : "let value = " + example);
                assertThat(toolchain.compile("p.pel", text).messages()).as(example).isEmpty();
            }
        }
        assertThat(conditions.size()).as("conditions among %s", examples).isGreaterThanOrEqualTo(module.equals("io") ? 1 : examples.size() / 4);
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
        try (InputStream in = Format.class.getResourceAsStream("/org/pellang/stdlib/" + module + ".pel")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(String::strip).filter(l -> l.startsWith("##     ")).map(l -> l.substring(2).strip()).toList();
        }
    }
}
