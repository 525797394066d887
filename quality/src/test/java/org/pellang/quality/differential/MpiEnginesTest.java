package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.launcher.backend.LocalJob;

/** Programs whose ranks are started by mpirun and mpiexec print what they print as threads, and fail as they do there. */
@Timeout(300)
class MpiEnginesTest {
    private static final Path PROGRAMS = Path.of("src/test/pel/programs");
    private static final Path EXAMPLES = Path.of(System.getProperty("pel.root", ".."), "examples").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long HEAP = 192L << 20;
    private static final int SELECTION = 9;

    private static final Toolchain TOOLCHAIN = new Toolchain();
    /** By text: the same programs run on both libraries and on several numbers of ranks. */
    private static final Map<String, byte[]> COMPILED = new HashMap<>();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    private record Ended(int code, String out, String err) {}

    // ---- the same bits ----

    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void someProgramsPrintWhatTheyShould(Engine engine) throws Exception {
        programs(engine, 3, SELECTION, Map.of());
    }

    /** As if each rank had a machine of its own: no shared memory, control connections. */
    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void ranksOfSeveralMachines(Engine engine) throws Exception {
        programs(engine, 2, 4 * SELECTION, Map.of("PEL_MPI_APART", "1"));
        Ended ended = end("let r = rank()\nbarrier()\nif r == 1 { assert r == 0, \"not zero\" }\nbarrier()\n", 3, engine, Map.of("PEL_MPI_APART", "1"));
        assertThat(ended.err()).containsOnlyOnce("pelrun: rank 1 of 3").contains("not zero").contains("at p.pel:3").contains("in barrier");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Tag("slow")
    @Timeout(3600)
    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void allPrograms(Engine engine) throws Exception {
        for (int ranks : List.of(1, 2, 3, 7)) {
            programs(engine, ranks, 1, Map.of());
        }
    }

    @Tag("slow")
    @Timeout(3600)
    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void allExamples(Engine engine) throws Exception {
        for (ExampleRun example : ExampleRun.all(EXAMPLES)) {
            for (int ranks : example.ranks()) {
                Ended ended = end(start(program(example.name(), example.text()), example.options(), ranks, engine, Map.of()));
                assertThat(ended.code()).as("%s on %d %s: %s", example.name(), ranks, engine, ended.err()).isZero();
                assertThat(example.masked(ended.out())).as("%s on %d %s", example.name(), ranks, engine).isEqualTo(example.expected(ranks));
            }
        }
    }

    /** Each n-th program of the suite, all in one job. */
    private void programs(Engine engine, int ranks, int each, Map<String, String> environment) throws Exception {
        Map<String, Path> chosen = new LinkedHashMap<>();
        Batch batch = new Batch(Files.createTempDirectory(folder, "programs"));
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".pel")).sorted().toList();
            for (int i = 0; i < all.size(); i += each) {
                String name = all.get(i).getFileName().toString();
                batch.add(name, compiled(name, Files.readString(all.get(i))), List.of());
                chosen.put(name, all.get(i));
            }
        }
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(batch.environment());
        Ended ended = end(start(batch.jar(), List.of(), ranks, engine, all));
        assertThat(ended.code()).as(ended.err()).isZero();
        Map<String, String> printed = Batch.printed(ended.out());
        assertThat(printed.keySet()).isEqualTo(chosen.keySet());
        for (Map.Entry<String, Path> entry : chosen.entrySet()) {
            assertThat(printed.get(entry.getKey())).as("%s on %d %s", entry.getKey(), ranks, engine).isEqualTo(expected(entry.getValue(), ranks));
        }
    }

    private static String expected(Path program, int ranks) throws IOException {
        String base = program.toString().replaceFirst("\\.pel$", "");
        Path own = Path.of(base + "." + ranks + ".out");
        return Files.readString(Files.exists(own) ? own : Path.of(base + ".out"));
    }

    // ---- failures ----

    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void oneReportOfARankThatFails(Engine engine) throws Exception {
        Ended ended = end("printall(\"rank {rank()}\")\nif rank() == 2 { abort(9) }\nbarrier()\n", 3, engine, Map.of());
        assertThat(ended.out()).isEqualTo("rank 0\nrank 1\nrank 2\n");
        assertThat(ended.err()).startsWith("pelrun: rank 2 of 3 on host").contains("abort(9) was called").contains("at p.pel:2")
                .doesNotContain("mpirun").doesNotContain("MPI_ABORT").doesNotContain("BAD TERMINATION").doesNotContain("incubator");
        assertThat(ended.code()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void aRankThatIsKilledEndsTheJob(Engine engine) throws Exception {
        LocalJob job = start(program("p.pel", "note(\"up\")\nvar x = 1.0\nfor i in 0..<100000000000 { x = x * 0.5 + 1.0 }\nprint(\"{x}\")\n"), List.of(), 2, engine, Map.of());
        long starter = job.processIds().getFirst();
        long end = System.nanoTime() + LIMIT.toNanos();
        List<ProcessHandle> ranks = List.of();
        while (!ended(out).equals("up\nup\n") || ranks.size() < 2) {
            assertThat(System.nanoTime()).as(ended(err)).isLessThan(end);
            Thread.onSpinWait();
            ranks = ranksBelow(starter);
        }
        ranks.getFirst().destroyForcibly();
        Outcome outcome = job.await();
        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(outcome.report().getFirst()).containsPattern("rank [01].* was killed by signal 9 \\(SIGKILL\\); the other ranks are stopped");
        assertThat(ended(err)).doesNotContain("mpirun");
        assertThat(ended(out)).isEqualTo("up\nup\n");
        // The starter need not wait for the ranks that it ends.
        assertThat(ranks).allSatisfy(rank -> assertThat(rank.onExit()).succeedsWithin(Duration.ofSeconds(20)));
    }

    private static List<ProcessHandle> ranksBelow(long starter) {
        return ProcessHandle.of(starter).stream().flatMap(ProcessHandle::descendants)
                .filter(p -> p.info().command().map(c -> c.endsWith("/java")).orElse(false)).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void saysWhatIsMissing(Engine engine) throws Exception {
        Ended missing = end("print(\"never\")", 1, engine, Map.of("PEL_MPI_LIBRARY", "/nowhere/libmpi.so"));
        assertThat(missing.err()).contains("library was found (tried /nowhere/libmpi.so)").contains("apt-get install");
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.out()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    void wrongOptionsAreReportedOnce(Engine engine) throws Exception {
        Ended ended = end(start(program("p.pel", "config n = 1\nprint(\"{n}\")\n"), List.of("--m=3"), 2, engine, Map.of()));
        assertThat(ended.err()).containsOnlyOnce("unknown option --m");
        assertThat(ended.code()).isEqualTo(2);
    }

    // ---- running ----

    private static String ended(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private static byte[] compiled(String name, String text) {
        return COMPILED.computeIfAbsent(text, t -> {
            Toolchain.Compiled compiled = TOOLCHAIN.compile(name, t);
            byte[] jar = compiled.jar();
            if (jar == null) {
                throw new AssertionError(name + ": " + compiled.messages());
            }
            return jar;
        });
    }

    private Path program(String name, String text) throws IOException {
        return Files.write(folder.resolve(name + ".jar"), compiled(name, text));
    }

    private LocalJob start(Path jar, List<String> options, int ranks, Engine engine, Map<String, String> environment) throws Exception {
        out.reset();
        err.reset();
        Path where = Files.createTempDirectory(folder, "run");
        JobSpec spec = new JobSpec(jar, options, ranks, engine, OptionalLong.of(HEAP), Hosts.here(where, environment), OutputSpec.CAPTURED, Optional.of(LIMIT));
        try {
            return new LocalBackend(out, err, notice -> {}).start(spec);
        } catch (LaunchRefused refused) {
            assumeTrue(refused.exitCode() != 4, String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    private Ended end(LocalJob job) throws InterruptedException {
        Outcome outcome = job.await();
        return new Ended(outcome.exitCode(), ended(out), ended(err) + String.join("\n", outcome.report()));
    }

    private Ended end(String text, int ranks, Engine engine, Map<String, String> environment) throws Exception {
        return end(start(program("p.pel", text), List.of(), ranks, engine, environment));
    }
}
