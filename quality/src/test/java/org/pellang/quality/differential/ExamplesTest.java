package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.quality.differential.Toolchain.Run;

/**
 * Every program of {@code examples/} prints its {@code .expected} on every number of ranks, as threads and as processes, and
 * writes the same files; small runs agree with the reference interpreter.
 */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("pel.root", ".."), "examples").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Bytes of the pictures, by name, as whoever came first has written them. */
    private static final Map<String, byte[]> FILES = new ConcurrentHashMap<>();

    private final Toolchain toolchain = new Toolchain();

    @TempDir
    Path folder = Path.of("");

    /** As threads of this JVM, on every number of ranks. */
    @TestFactory
    Stream<DynamicTest> printsWhatItShouldAsThreads() throws IOException {
        return each(run -> prints(run, Engine.THREADS, run.ranks()));
    }

    /** As processes, on every number of ranks; one job for each number runs them all. */
    @TestFactory
    Stream<DynamicTest> printWhatTheyShouldAsProcesses() throws IOException {
        return ExampleRun.all(EXAMPLES).stream().flatMap(run -> run.ranks().stream()).distinct().sorted()
                .map(ranks -> DynamicTest.dynamicTest(ranks + " ranks", () -> printTogether(Engine.PROCESSES, ranks)));
    }

    /** As two hosts, with two of the ranks on the second. */
    @TestFactory
    Stream<DynamicTest> printWhatTheyShouldAcrossHosts() {
        return Stream.of(DynamicTest.dynamicTest("3 ranks", () -> printTogether(Engine.HOSTS, 3)));
    }

    private void printTogether(Engine engine, int ranks) throws IOException, LaunchRefused, InterruptedException {
        Path where = Files.createDirectory(folder.resolve("all-" + ranks + "-" + engine));
        Batch batch = new Batch(Files.createDirectory(where.resolve("programs")));
        List<ExampleRun> runs = ExampleRun.all(EXAMPLES).stream().filter(run -> run.ranks().contains(ranks)).toList();
        for (ExampleRun run : runs) {
            batch.add(run.name(), compiled(run), run.options());
        }
        Run result = launch(batch.jar(), List.of(), ranks, engine, Hosts.here(where, batch.environment()));
        assertThat(result.exitCode()).as("%d %s: %s", ranks, engine, result.report()).isZero();
        Map<String, String> printed = Batch.printed(result.out());
        for (ExampleRun run : runs) {
            assertThat(run.masked(String.valueOf(printed.get(run.name())))).as("%s on %d %s", run.name(), ranks, engine).isEqualTo(run.expected(ranks));
            for (String file : run.files()) {
                isAsWrittenByOthers(file, Files.readAllBytes(where.resolve(file)), ranks + " " + engine);
            }
        }
    }

    /** A picture has the same bytes whoever writes it. */
    private static void isAsWrittenByOthers(String file, byte[] bytes, String who) throws IOException {
        assertThat(bytes).as("%s on %s", file, who).isEqualTo(FILES.computeIfAbsent(file, f -> bytes));
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isGreaterThan(20);
    }

    private static List<JobSpec.Place> places(int ranks) {
        return List.of(new JobSpec.Place("127.0.0.1", 1), new JobSpec.Place("localhost", ranks - 1));
    }

    private interface Check {
        void of(ExampleRun run) throws IOException, LaunchRefused, InterruptedException;
    }

    private static Stream<DynamicTest> each(Check check) throws IOException {
        return ExampleRun.all(EXAMPLES).stream().map(run -> DynamicTest.dynamicTest(run.name(), () -> check.of(run)));
    }

    private void prints(ExampleRun run, Engine engine, List<Integer> counts) throws IOException, LaunchRefused, InterruptedException {
        byte[] jar = compiled(run);
        for (int ranks : counts) {
            // Only another process can run in another folder, where the files of an example do not disturb.
            boolean here = engine == Engine.THREADS && run.files().isEmpty();
            Path where = Files.createDirectory(folder.resolve(run.name() + "-" + ranks + "-" + engine));
            Run result = here ? toolchain.run(jar, ranks, run.options()) : launch(jar, run.options(), ranks, engine, where);
            assertThat(result.exitCode()).as("%s on %d %s: %s", run.name(), ranks, engine, result.report()).isZero();
            assertThat(run.masked(result.out())).as("%s on %d %s", run.name(), ranks, engine).isEqualTo(run.expected(ranks));
            for (String file : run.files()) {
                isAsWrittenByOthers(file, Files.readAllBytes(where.resolve(file)), ranks + " " + engine);
            }
        }
    }

    private byte[] compiled(ExampleRun run) throws IOException {
        Toolchain.Compiled compiled = toolchain.compile(run.name(), run.text());
        byte[] jar = compiled.jar();
        if (jar == null) {
            throw new AssertionError(run.name() + ": " + compiled.messages());
        }
        return jar;
    }

    private Run launch(byte[] program, List<String> options, int ranks, Engine engine, Path here)
            throws IOException, LaunchRefused, InterruptedException {
        return launch(Files.write(here.resolve("program.jar"), program), options, ranks, engine, Hosts.here(here));
    }

    private static Run launch(Path jar, List<String> options, int ranks, Engine engine, JobSpec.Host host) throws LaunchRefused, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        JobSpec spec = new JobSpec(jar, options, ranks, engine, OptionalLong.empty(), host, OutputSpec.CAPTURED, Optional.of(LIMIT),
                engine == Engine.HOSTS ? places(ranks) : List.of());
        Outcome outcome = new LocalBackend(out, err, notice -> {}).start(spec).await();
        return new Run(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8) + outcome.report());
    }

    @TestFactory
    Stream<DynamicTest> agreesWithTheInterpreter() throws IOException {
        return ExampleRun.all(EXAMPLES).stream()
                .filter(run -> run.interpreted().isPresent())
                .map(run -> DynamicTest.dynamicTest(run.name(), () -> agreesWithTheInterpreter(run)));
    }

    private void agreesWithTheInterpreter(ExampleRun run) throws IOException, LaunchRefused, InterruptedException {
        List<String> options = run.interpreted().orElseThrow();
        byte[] jar = compiled(run);
        for (int ranks : List.of(1, 3)) {
            Run want = toolchain.interpret(toolchain.typed(run.name(), run.text()), ranks, options);
            assertThat(want.exitCode()).as(want.report()).isZero();
            for (String file : run.files()) {
                // Written to where this JVM runs.
                Files.deleteIfExists(Path.of(file));
            }
            Run got = run.files().isEmpty()
                    ? toolchain.run(jar, ranks, options)
                    : launch(jar, options, ranks, Engine.THREADS, Files.createDirectory(folder.resolve(run.name() + "-small-" + ranks)));
            assertThat(run.masked(got.out())).as("%s on %d", run.name(), ranks).isEqualTo(run.masked(want.out())).isNotEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> testsInTheTextPass() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (ExampleRun run : ExampleRun.all(EXAMPLES)) {
            toolchain.tests(run.name(), run.text())
                    .forEach(test -> tests.add(DynamicTest.dynamicTest(run.name() + ": " + test.name(), () -> {
                        byte[] jar = toolchain.compile(run.name(), run.text(), new org.pellang.compiler.PelCompiler.Goal.TestJar(test.name())).jar();
                        assertThat(jar).isNotNull();
                        for (int ranks : test.ranks()) {
                            Run result = toolchain.run(jar, ranks, List.of());
                            assertThat(result.exitCode()).as(result.report()).isZero();
                        }
                    })));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> hasItsReadme() throws IOException {
        return ExampleRun.all(EXAMPLES).stream().map(run -> DynamicTest.dynamicTest(run.name(), () -> {
            Path readme = run.program().resolveSibling("README.md");
            assertThat(readme).exists().content().contains("bin/pelrun").contains("Expected");
        }));
    }
}
