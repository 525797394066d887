package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.quality.differential.Toolchain.Run;
import org.pellang.runtime.checkpoint.CheckpointFolder;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.checkpoint.Faults;

/** When checkpoints are written, what is in them, who can continue them, and what happens on bad disks. */
class CheckpointPromisesTest {
    private static final String PROGRAM = """
            config steps = 6
            domain D[0..<23, 0..<10] dist DIST
            domain E[0..<40] dist DIST1
            var u, v: [D] float
            var w: [E] int32
            for t in 1..steps checkpoint every 1 {
              forall (i, j) in D { v[i, j] = 0.5 * u[(i + 1) % 23, j] + 0.5 * u[i, (j + 1) % 10] + uniform01(t, i, j) }
              u <=> v
              forall i in E { w[i] = int32(w[i] + i * t) }
              print("{t} {sum(u)} {sum(w)}")
            }
            """;
    private static final String BLOCKS = PROGRAM.replace("DIST1", "block").replace("DIST", "block");
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Toolchain toolchain = new Toolchain();

    @TempDir(factory = MemoryFolder.class)
    Path folder = Path.of("");

    private byte[] compile(String text) {
        Toolchain.Compiled compiled = toolchain.compile("p.pel", text);
        byte[] jar = compiled.jar();
        if (jar == null) {
            throw new AssertionError(compiled.messages());
        }
        return jar;
    }

    private static CheckpointOptions options(@Nullable Path to, @Nullable Path resume, boolean required, boolean immediate, double mtbf, Faults faults) {
        return new CheckpointOptions(to, true, required, immediate, resume, true, null, -1, "job", "", List.of(), mtbf, faults, null);
    }

    private Run write(String text, int ranks, Path to) {
        Run run = toolchain.run(compile(text), ranks, List.of(), options(to, null, false, true, 1e5, Faults.NONE));
        assertThat(run.exitCode()).as(run.report()).isZero();
        return run;
    }

    private static Map<String, List<String>> newest(Path ck) throws IOException {
        CheckpointFolder checkpoints = new CheckpointFolder(ck);
        Map<String, List<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(checkpoints.complete(checkpoints.numbers().getFirst()))) {
            for (Path file : all.toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                // What a rank says of itself may differ.
                files.put(file.getFileName().toString(), text.lines().filter(l -> !l.startsWith("fact ") && !l.startsWith("end ")).toList());
            }
        }
        return files;
    }

    // ---- what is in them ----

    /** The bytes of a checkpoint do not tell on how many ranks, in which distribution, it was written. */
    @Test
    void arraysAreInTheirGlobalOrder() throws IOException {
        Path one = folder.resolve("one");
        write(BLOCKS, 1, one);
        Map<String, List<String>> expected = newest(one);
        assertThat(expected.keySet()).containsExactly("manifest", "u.npy", "v.npy", "w.npy");
        for (int ranks : List.of(2, 3, 6)) {
            Path many = folder.resolve("many" + ranks);
            write(BLOCKS, ranks, many);
            assertThat(newest(many)).as("%d ranks", ranks).isEqualTo(expected);
        }
        Path other = folder.resolve("other");
        write(PROGRAM.replace("DIST1", "cyclic").replace("DIST", "(block, *)"), 3, other);
        assertThat(newest(other)).isEqualTo(expected);
        CheckpointFolder checkpoints = new CheckpointFolder(one);
        byte[] file = Files.readAllBytes(checkpoints.complete(checkpoints.numbers().getFirst()).resolve("w.npy"));
        assertThat(new String(file, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
        // Written before pass 6: w[i] = i * (1 + .. + 5).
        byte[] last = Arrays.copyOfRange(file, file.length - Integer.BYTES, file.length);
        assertThat(java.nio.ByteBuffer.wrap(last).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt()).isEqualTo(39 * 15);
    }

    // ---- who continues ----

    @ParameterizedTest
    @ValueSource(strings = {"cyclic", "blockcyclic(3)", "block"})
    void anotherDistributionContinues(String dist) throws IOException {
        Path ck = folder.resolve("ck");
        String whole = write(BLOCKS, 3, ck).out();
        String other = PROGRAM.replace("DIST1", dist).replace("DIST", dist.equals("block") ? "(block, *)" : "(*, " + dist + ")");
        for (int ranks : List.of(1, 2, 5)) {
            Run run = toolchain.run(compile(other), ranks, List.of(), options(null, ck, false, true, 1e5, Faults.NONE));
            assertThat(run.exitCode()).as(run.report()).isZero();
            assertThat(run.out()).as(run.report()).isNotEmpty();
            assertThat(whole).endsWith(run.out());
        }
    }

    /** The examples that carry the clause, with smaller sizes and checkpoints more often. */
    @ParameterizedTest
    @CsvSource({"03-heat/heat.pel, --n=20 --steps=60", "06-logistic/logistic.pel, --epochs=25", "08-cg/cg.pel, --n=16",
            "09-nbody/nbody.pel, --n=50 --steps=30", "10-sgd/sgd.pel, --epochs=9"})
    void examplesContinue(String example, String options) throws IOException {
        Path root = Path.of(System.getProperty("pel.root", "..")).toAbsolutePath().normalize();
        String text = Files.readString(root.resolve("examples").resolve(example));
        assertThat(text).contains(" checkpoint every ");
        byte[] jar = compile(text.replaceAll("checkpoint every \\d+", "checkpoint every 7").replace("heat.png", folder.resolve("heat.png").toString())
                .replace("\"examples/", "\"" + root + "/examples/"));
        List<String> arguments = List.of(options.split(" "));
        Path ck = folder.resolve("ck");
        Run whole = toolchain.run(jar, 2, arguments, new CheckpointOptions(ck, true, true, true, null, false, null, -1, "job", "", arguments, 1e5, Faults.NONE, null));
        assertThat(whole.exitCode()).as(whole.report()).isZero();
        assertThat(new CheckpointFolder(ck).numbers()).isNotEmpty();
        Run run = toolchain.run(jar, 3, arguments, new CheckpointOptions(null, true, false, true, ck, false, null, -1, "job", "", arguments, 1e5, Faults.NONE, null));
        assertThat(run.exitCode()).as(run.report()).isZero();
        assertThat(run.out()).isNotEmpty();
        assertThat(whole.out()).endsWith(run.out());
    }

    /** Written by the threads of a JVM, continued by another engine, and the other way round. */
    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    void anotherEngineContinues(Engine engine) throws Exception {
        byThreadsAnd(engine);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENMPI", "MPICH"})
    @Tag("slow")
    void anotherEngineOfMpiContinues(Engine engine) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(engine == Engine.OPENMPI ? "/usr/bin/mpirun.openmpi" : "/usr/bin/mpiexec.mpich")));
        byThreadsAnd(engine);
    }

    private void byThreadsAnd(Engine engine) throws Exception {
        Path threads = folder.resolve("threads");
        String whole = write(BLOCKS, 3, threads).out();
        assertThat(whole).endsWith(byLauncher(engine, folder.resolve("more"), Optional.of(threads)));
        Path there = folder.resolve("there");
        assertThat(byLauncher(engine, there, Optional.empty())).isEqualTo(whole);
        Run run = toolchain.run(compile(BLOCKS), 4, List.of(), options(null, there, false, true, 1e5, Faults.NONE));
        assertThat(run.exitCode()).as(run.report()).isZero();
        assertThat(run.out()).isNotEmpty();
        assertThat(whole).endsWith(run.out());
    }

    private String byLauncher(Engine engine, Path ck, Optional<Path> resume) throws Exception {
        Path jar = Files.write(folder.resolve("program.jar"), compile(BLOCKS));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        CheckpointSpec checkpoints = new CheckpointSpec(Optional.of(ck), true, true, false, resume, false, false, -1, "launcher", "p.pel", 86_400, 0, false, false, 1);
        List<JobSpec.Place> places = engine == Engine.HOSTS ? List.of(new JobSpec.Place("127.0.0.1", 1), new JobSpec.Place("127.0.0.2", 1)) : List.of();
        JobSpec spec = new JobSpec(jar, List.of(), 2, engine, OptionalLong.of(64L << 20), Hosts.here(folder), OutputSpec.CAPTURED, Optional.of(Duration.ofMinutes(1)),
                places, checkpoints, 1);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Outcome outcome = new LocalBackend(out, err, said::add).start(spec).await();
        assertThat(outcome.exitCode()).as(said + err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.size()).isPositive();
        return out.toString(StandardCharsets.UTF_8);
    }

    // ---- when ----

    /** A clock of its own: each look takes a second. */
    private static final class Clock implements Faults {
        private final AtomicLong seconds = new AtomicLong();
        private final List<Long> written = new ArrayList<>();

        @Override
        public long now() {
            return TimeUnit.SECONDS.toNanos(seconds.incrementAndGet());
        }

        @Override
        public void event(int rank, String what) {
            if (what.equals("create the folder")) {
                written.add(seconds.get());
            }
        }

        List<Long> gaps() {
            List<Long> gaps = new ArrayList<>();
            for (int k = 1; k < written.size(); k++) {
                gaps.add(written.get(k) - written.get(k - 1));
            }
            return gaps;
        }
    }

    private Clock timed(String interval, double mtbf) {
        Clock clock = new Clock();
        String text = "var x = 0\nfor t in 0..<3000 checkpoint every " + interval + " { x += t }\nprint(x)\n";
        Run run = toolchain.run(compile(text), 1, List.of(), options(folder.resolve("timed"), null, false, true, mtbf, clock));
        assertThat(run.exitCode()).as(run.report()).isZero();
        return clock;
    }

    @Test
    void byTime() {
        assertThat(timed("\"10 min\"", 1e5).gaps()).isNotEmpty().allSatisfy(gap -> assertThat((double) gap).isCloseTo(600, within(10.0)));
        assertThat(timed("\"90 s\"", 1e5).gaps()).isNotEmpty().allSatisfy(gap -> assertThat((double) gap).isCloseTo(90, within(10.0)));
    }

    /** By this clock a checkpoint takes some seconds; Young's interval is the root of twice that, times the mean time between failures. */
    @Test
    void asTheCostSays() {
        List<Long> often = timed("auto", 1000).gaps();
        List<Long> seldom = timed("auto", 100_000).gaps();
        assertThat(often).hasSizeGreaterThan(5);
        // Three looks at the clock while one is written.
        assertThat((double) often.getLast()).isCloseTo(Math.sqrt(2 * 3 * 1000), within(20.0));
        assertThat((double) seldom.getLast()).isCloseTo(Math.sqrt(2 * 3 * 100_000), within(60.0));
    }

    // ---- disks ----

    /**
     * The disk takes until the program has come to its next checkpoints: passes go on meanwhile, checkpoints that are due are left out, with one warning. One rank has a core
     * to spare, on most machines, and is copied; of many the disk alone is not waited for.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void aSlowDisk(int ranks) throws IOException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(2);
        boolean[] slow = {false, false};
        int[] looks = {0};
        Faults faults = new Faults() {
            @Override
            public void event(int rank, String what) {
                if (what.equals("sync u.npy") && rank == 0 && !slow[0]) {
                    slow[0] = true;
                    begun.countDown();
                    await(later);
                    slow[1] = later.getCount() == 0;
                }
            }

            @Override
            public long now() {
                // Each checkpoint looks at the clock some times: the first is over by now for the program, and must be under way.
                if (Thread.currentThread().getName().equals("rank 0") && ++looks[0] > 9) {
                    await(begun);
                    later.countDown();
                }
                return Faults.super.now();
            }
        };
        Path ck = folder.resolve("slow");
        String text = BLOCKS.replace("steps = 6", "steps = 12");
        Run run = toolchain.run(compile(text), ranks, List.of(), options(ck, null, false, false, 1e5, faults));
        assertThat(slow[1]).as("the program went on while its state was written").isTrue();
        assertThat(run.exitCode()).as(run.report()).isZero();
        assertThat(run.out()).isEqualTo(toolchain.run(compile(text), 1, List.of()).out());
        assertThat(run.report().lines().filter(l -> l.contains("warning")).toList()).singleElement().asString().contains("some are left out");
        assertThat(toolchain.run(compile(text), 2, List.of(), options(null, ck, false, true, 1e5, Faults.NONE)).exitCode()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(LONG_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFullDiskStopsTheJobIfToldSo(boolean immediate) {
        Faults full = (rank, what) -> {
            if (what.equals("write u.npy") && rank == 1) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        };
        Run run = toolchain.run(compile(BLOCKS), 3, List.of(), options(folder.resolve("full"), null, true, immediate, 1e5, full));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report()).contains("could not be written (rank 1: No space left on device)");
    }

    /** A file system of its own, which only root can make. */
    private Path mounted(String options) throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")));
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(Blows.run("mount", "-t", "tmpfs", "-o", options, "none", disk.toString()));
        return disk;
    }

    @Test
    void aDiskThatIsReallyFull() throws IOException {
        Path disk = mounted("size=12k");
        try {
            Path ck = disk.resolve("ck");
            Run run = toolchain.run(compile(BLOCKS), 2, List.of(), options(ck, null, false, false, 1e5, Faults.NONE));
            assertThat(run.exitCode()).as(run.report()).isZero();
            assertThat(run.out()).isEqualTo(toolchain.run(compile(BLOCKS), 1, List.of()).out());
            assertThat(run.report().lines().filter(l -> l.contains("could not be written")).toList()).singleElement().asString()
                    .contains("No space left on device").contains("the job goes on");
            Run stopped = toolchain.run(compile(BLOCKS), 2, List.of(), options(ck, null, true, false, 1e5, Faults.NONE));
            assertThat(stopped.exitCode()).isEqualTo(1);
            assertThat(stopped.report()).contains("No space left on device");
        } finally {
            assertThat(Blows.run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void aDiskThatIsReadOnly() throws IOException {
        Path disk = mounted("size=64k");
        try {
            assertThat(Blows.run("mount", "-o", "remount,ro", disk.toString())).isTrue();
            Run run = toolchain.run(compile(BLOCKS), 2, List.of(), options(disk.resolve("ck"), null, false, false, 1e5, Faults.NONE));
            assertThat(run.exitCode()).as(run.report()).isZero();
            assertThat(run.report().lines().filter(l -> l.contains("warning")).toList()).singleElement().asString().containsIgnoringCase("read-only file system");
            assertThat(toolchain.run(compile(BLOCKS), 2, List.of(), options(disk.resolve("ck"), null, true, false, 1e5, Faults.NONE)).exitCode()).isEqualTo(1);
        } finally {
            assertThat(Blows.run("umount", disk.toString())).isTrue();
        }
    }
}
