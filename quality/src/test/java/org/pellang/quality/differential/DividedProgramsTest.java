package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Programs of divided loops: on every number of ranks they print what the interpreter prints, bit for bit. */
class DividedProgramsTest {
    private static final Path FOLDER = Path.of("src/test/pel/divided");
    private static final List<Integer> RANKS = List.of(1, 2, 3, 4, 7);

    private final Toolchain toolchain = new Toolchain();

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> programs = files.filter(f -> f.toString().endsWith(".pel")).sorted().toList();
            assertThat(programs).isNotEmpty();
            return programs.stream().map(p -> DynamicTest.dynamicTest(p.getFileName().toString(), () -> check(p)));
        }
    }

    private void check(Path program) throws IOException {
        String name = program.getFileName().toString();
        String text = Files.readString(program);
        Toolchain.Compiled compiled = toolchain.compile(name, text);
        assertThat(compiled.messages()).isEmpty();
        String expected = toolchain.interpret(toolchain.typed(name, text), 1, List.of()).out();
        assertThat(expected).isNotEmpty();
        for (int ranks : RANKS) {
            Toolchain.Run run = toolchain.run(compiled.jar(), ranks, List.of());
            assertThat(run.report()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).as("%s on %d ranks", name, ranks).isEqualTo(expected);
        }
    }
}
