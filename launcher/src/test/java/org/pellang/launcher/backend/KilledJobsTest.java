package org.pellang.launcher.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.TestProgram;

/** {@code kill -9} in the middle of messages through shared memory: of a rank, of all, of the launcher, of everything. Nothing of the job is left. */
@Timeout(90)
final class KilledJobsTest {
    private static final int RANKS = 3;
    /** Short and long messages and collectives, for ever; a line when they are under way, and a part of node-shared memory. */
    private static final String TRAFFIC =
            """
            Comm w = rank.world();
            SharedMemory memory = w.splitShared().sharedMemory(4096);
            byte[] out = new byte[300_000];
            byte[] in = new byte[300_000];
            for (long i = 0; ; i++) {
                int n = i % 3 == 0 ? 8 : i % 3 == 1 ? 5_000 : out.length;
                w.sendRecv(out, 0, n, (w.rank() + 1) % w.size(), 1, in, 0, n, (w.rank() + w.size() - 1) % w.size(), 1);
                w.allreduce(new double[20_000], Op.SUM);
                if (i == 100) {
                    rank.note("up");
                }
            }
            """;

    @TempDir
    private Path folder;

    private static JobSpec spec(Path folder, Path jar, Engine engine) {
        JobSpec.Host host = new JobSpec.Host(
                Path.of(System.getProperty("java.home")), List.of(TestProgram.runtime()), Map.of(), folder, Optional.empty());
        JobSpec.Place here = new JobSpec.Place("127.0.0.1", 1);
        return new JobSpec(jar, List.of(), RANKS, engine, OptionalLong.of(48L << 20), host, OutputSpec.CAPTURED, Optional.empty(),
                engine == Engine.HOSTS ? List.of(here, here, new JobSpec.Place("localhost", 1)) : List.of());
    }

    private static OutputStream counting(CountDownLatch lines) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                if (b == '\n') {
                    lines.countDown();
                }
            }
        };
    }

    private LocalJob talking(Engine engine) throws Exception {
        CountDownLatch up = new CountDownLatch(RANKS);
        Path runs = Files.createDirectories(folder.resolve("runs"));
        LocalJob job = new LocalBackend(counting(up), OutputStream.nullOutputStream(), notice -> {})
                .start(spec(runs, TestProgram.jar(folder, TRAFFIC), engine));
        assertThat(up.await(60, TimeUnit.SECONDS)).isTrue();
        return job;
    }

    private void nothingIsLeft(List<Long> processes, Path segments) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (processes.stream().anyMatch(KilledJobsTest::runs) || Files.exists(segments)) {
            assertThat(System.nanoTime()).as("processes %s and %s are gone", processes, segments).isLessThan(end);
            Thread.onSpinWait();
        }
        for (long pid : processes) {
            assertThat(named("/dev/shm", "pel-" + pid + "-")).as("shared memory of ranks").isEmpty();
        }
        assertThat(folder.resolve("runs")).as("where the ranks run").isEmptyDirectory();
    }

    /** Nobody may have looked yet at a process that has ended. */
    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> named(String where, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(where))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    void aRank(Engine engine) throws Exception {
        LocalJob job = talking(engine);
        kill(job.processIds().get(1));
        assertThat(job.await().exitCode()).isEqualTo(137);
        nothingIsLeft(job.processIds(), job.segmentFolder());
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    void allRanks(Engine engine) throws Exception {
        LocalJob job = talking(engine);
        job.processIds().forEach(KilledJobsTest::kill);
        assertThat(job.await().exitCode()).isEqualTo(137);
        nothingIsLeft(job.processIds(), job.segmentFolder());
    }

    /** A launcher in a process of its own, which says where the segments are and who runs, then passes on the lines of the ranks. */
    static final class Launcher {
        private Launcher() {}

        /** Folder in which the ranks run, program, engine. */
        public static void main(String[] args) throws Exception {
            LocalJob job = new LocalBackend(System.out, System.err, notice -> {}).start(spec(Path.of(args[0]), Path.of(args[1]), Engine.valueOf(args[2])));
            System.out.println("segments " + job.segmentFolder());
            for (long pid : job.processIds()) {
                System.out.println("process " + pid);
            }
            System.exit(job.await().exitCode());
        }
    }

    private void killed(Engine engine, boolean ranksToo) throws IOException, InterruptedException, LaunchRefused {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process launcher = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", classes, Launcher.class.getName(), Files.createDirectories(folder.resolve("runs")).toString(),
                TestProgram.jar(folder, TRAFFIC).toString(), engine.name()).redirectError(folder.resolve("err").toFile()).start();
        Path segments = folder.resolve("none");
        List<Long> processes = new ArrayList<>();
        int up = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8))) {
            while (up < RANKS || processes.size() < RANKS) {
                String line = lines.readLine();
                assertThat(line).as(Files.readString(folder.resolve("err"))).isNotNull();
                if (line.startsWith("segments ")) {
                    segments = Path.of(line.substring("segments ".length()));
                } else if (line.startsWith("process ")) {
                    processes.add(Long.parseLong(line.substring("process ".length())));
                } else {
                    up++;
                }
            }
            assertThat(segments).isDirectory();
            // By its handle: its output stays open.
            launcher.toHandle().destroyForcibly();
            if (ranksToo) {
                processes.forEach(KilledJobsTest::kill);
            }
            assertThat(launcher.waitFor()).isEqualTo(137);
            if (ranksToo) {
                // Nobody was left to remove it: the next job does.
                processes.forEach(pid -> ProcessHandle.of(pid).ifPresent(p -> p.onExit().join()));
                SegmentFolder.create("").close();
            }
            nothingIsLeft(processes, segments);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    void theLauncher(Engine engine) throws Exception {
        killed(engine, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    void theLauncherAndAllRanks(Engine engine) throws Exception {
        killed(engine, true);
    }
}
