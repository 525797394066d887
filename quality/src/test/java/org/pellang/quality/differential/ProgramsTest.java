package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs with the output that the language reference wants: {@code name.out}, for explicit programs another one per number of ranks
 * ({@code name.3.out}). Compiled and interpreted; {@code -Dgolden.update=true} rewrites the files.
 */
class ProgramsTest {
    private static final Path FOLDER = Path.of("src/test/pel/programs");
    private static final List<Integer> RANKS = List.of(1, 2, 3, 7);

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
        for (int ranks : RANKS) {
            Toolchain.Run run = toolchain.run(compiled.jar(), ranks, List.of());
            assertThat(run.report()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).as("%s on %d ranks", name, ranks).isEqualTo(expected(program, ranks, run.out()));
            assertThat(toolchain.interpret(toolchain.typed(name, text), ranks, List.of()).out()).isEqualTo(run.out());
        }
    }

    private static String expected(Path program, int ranks, String actual) throws IOException {
        String base = program.toString().replaceFirst("\\.pel$", "");
        Path own = Path.of(base + "." + ranks + ".out");
        Path common = Path.of(base + ".out");
        if (Boolean.getBoolean("golden.update")) {
            boolean differs = ranks > 1 && !Files.readString(common).equals(actual);
            Files.writeString(differs ? own : common, actual);
        }
        return Files.readString(Files.exists(own) ? own : common);
    }
}
