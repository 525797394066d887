package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs that fail at run time: exit code, message and line of the compiled program, exit code and line of the interpreted one. In the file
 * {@code === name}, a line with exit code, line and message, then the program.
 */
class TrapsTest {
    private static final Path FILE = Path.of("src/test/pel/traps/traps.txt");
    private static final String NAME = "trap.pel";

    private final Toolchain toolchain = new Toolchain();

    @TestFactory
    Stream<DynamicTest> traps() throws IOException {
        List<String> parts = Stream.of(Files.readString(FILE).split("(?m)^=== ")).filter(p -> !p.isBlank()).toList();
        assertThat(parts).hasSizeGreaterThan(30);
        return parts.stream().map(p -> DynamicTest.dynamicTest(p.lines().findFirst().orElse(""), () -> check(p)));
    }

    private void check(String part) {
        String[] lines = part.split("\n", 3);
        String[] expected = lines[1].split(" ", 3);
        int exitCode = Integer.parseInt(expected[0]);
        Toolchain.Compiled compiled = toolchain.compile(NAME, lines[2]);
        assertThat(compiled.messages()).isEmpty();
        for (int ranks : List.of(1, 3)) {
            Toolchain.Run run = toolchain.run(compiled.jar(), ranks, List.of());
            assertThat(run.report()).as("on %d ranks", ranks).contains(expected[2]).contains("at " + NAME + ":" + expected[1]).doesNotContain("java");
            assertThat(run.exitCode()).isEqualTo(exitCode);
            Toolchain.Run oracle = toolchain.interpret(toolchain.typed(NAME, lines[2]), ranks, List.of());
            assertThat(oracle.report()).as("interpreted on %d ranks", ranks).contains(NAME + ":" + expected[1]);
            assertThat(oracle.exitCode()).isEqualTo(exitCode);
        }
    }
}
