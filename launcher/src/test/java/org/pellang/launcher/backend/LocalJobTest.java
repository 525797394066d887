package org.pellang.launcher.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.TestProgram;

/** Jobs of real child JVMs: how each way to end a job ends, and that nothing is left of it. */
@Timeout(60)
final class LocalJobTest {
    /** Says that it runs, then waits for ever. */
    private static final String WAIT_FOREVER = "rank.world().barrier(); rank.note(\"up\"); new java.util.concurrent.CountDownLatch(1).await();";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> processes = new ArrayList<>();
    private final List<Path> segments = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() {
        assertThat(processes).allMatch(pid -> ProcessHandle.of(pid).isEmpty(), "has ended");
        assertThat(segments).allMatch(folder -> !Files.exists(folder), "is removed");
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatSucceeds(Engine engine) throws Exception {
        Path jar = TestProgram.jar(folder, "rank.print(\"n=\" + rank.options().intValue(\"n\")); rank.printall(\"rank \" + rank.rank());");
        Outcome outcome = start(jar, 3, engine, List.of("--n=7")).await();
        assertThat(outcome).isEqualTo(new Outcome(0, Outcome.End.COMPLETED, List.of()));
        assertThat(out.toString(UTF_8)).isEqualTo("n=7\nrank 0\nrank 1\nrank 2\n");
        assertThat(err.toString(UTF_8)).as("no announcement of incubator modules").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTrapEndsTheJobWithOneReport(Engine engine) throws Exception {
        Path jar = TestProgram.jar(folder, "if (rank.rank() == 1) throw new PelTrap(\"index 12 outside 0..9\"); rank.world().barrier();");
        Outcome outcome = start(jar, 3, engine, List.of()).await();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.end()).isEqualTo(Outcome.End.RANK_FAILED);
        assertThat(err.toString(UTF_8)).contains("rank 1").containsOnlyOnce("index 12 outside 0..9");
    }

    @ParameterizedTest
    @EnumSource
    void abortGivesItsCode(Engine engine) throws Exception {
        Path jar = TestProgram.jar(folder, "if (rank.rank() == 2) throw rank.abort(42); rank.world().barrier();");
        assertThat(start(jar, 3, engine, List.of()).await().exitCode()).isEqualTo(42);
    }

    @Test
    void aKilledRankEndsTheJobWithEvidence() throws Exception {
        Path jar = TestProgram.jar(folder, WAIT_FOREVER);
        CountDownLatch up = new CountDownLatch(3);
        LocalJob job = start(spec(jar, 3, Engine.PROCESSES, List.of(), Optional.empty()), countingLines(up));
        assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
        ProcessHandle.of(job.processIds().get(1)).orElseThrow().destroyForcibly();
        Outcome outcome = job.await();
        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(outcome.end()).isEqualTo(Outcome.End.KILLED_BY_SIGNAL);
        assertThat(outcome.report().getFirst()).startsWith("rank 1 (process ").contains("was killed by signal 9 (SIGKILL)");
        assertThat(outcome.report().get(1)).contains("kernel");
        assertThat(outcome.report()).as("what its recorder holds").contains("last operations of rank 1:").last().asString().contains("barrier (collective 1)");
    }

    @Test
    void aKilledHostEndsTheJobOfAllHosts() throws Exception {
        Path jar = TestProgram.jar(folder, WAIT_FOREVER);
        CountDownLatch up = new CountDownLatch(3);
        LocalJob job = start(spec(jar, 3, Engine.HOSTS, List.of(), Optional.empty()), countingLines(up));
        assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
        ProcessHandle.of(job.processIds().get(1)).orElseThrow().destroyForcibly();
        Outcome outcome = job.await();
        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(outcome.report().getFirst()).startsWith("host 127.0.0.1 (number 1) (process ").contains("was killed by signal 9 (SIGKILL)");
    }

    @Test
    void theKeyIsOnNoCommandLine() throws Exception {
        Path jar = TestProgram.jar(folder, WAIT_FOREVER);
        CountDownLatch up = new CountDownLatch(2);
        LocalJob job = start(spec(jar, 2, Engine.HOSTS, List.of(), Optional.empty()), countingLines(up));
        assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
        for (long id : job.processIds()) {
            assertThat(java.nio.file.Files.readString(Path.of("/proc/" + id + "/cmdline"))).contains("--engine=hosts").doesNotContainPattern("[0-9a-f]{64}");
            assertThat(java.nio.file.Files.readString(Path.of("/proc/" + id + "/environ"))).doesNotContainPattern("[0-9a-f]{64}");
        }
        job.interrupt(2);
        assertThat(job.await().exitCode()).isEqualTo(130);
    }

    @ParameterizedTest
    @EnumSource
    void theTimeoutSaysWhereEveryRankIs(Engine engine) throws Exception {
        Path jar = TestProgram.jar(folder, WAIT_FOREVER);
        // Two JVMs that have to meet need longer to come to where they wait.
        LocalJob job = start(spec(jar, 2, engine, List.of(), Optional.of(Duration.ofSeconds(engine == Engine.HOSTS ? 8 : 2))));
        Outcome outcome = job.await();
        assertThat(outcome.exitCode()).isEqualTo(124);
        assertThat(outcome.end()).isEqualTo(Outcome.End.TIMED_OUT);
        assertThat(err.toString(UTF_8)).contains("rank 0").contains("rank 1");
    }

    @Test
    void anInterruptEndsTheJobInOrder() throws Exception {
        Path jar = TestProgram.jar(folder, WAIT_FOREVER);
        CountDownLatch up = new CountDownLatch(2);
        LocalJob job = start(spec(jar, 2, Engine.PROCESSES, List.of(), Optional.empty()), countingLines(up));
        assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
        job.interrupt(2);
        assertThat(job.await()).isEqualTo(new Outcome(130, Outcome.End.INTERRUPTED, List.of()));
    }

    @Test
    void aSecondInterruptForcesTheEnd() throws Exception {
        // A shutdown hook that does not end keeps a JVM alive after TERM.
        Path jar = TestProgram.jar(
                folder,
                "Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { Thread.sleep(100_000); } catch (InterruptedException e) { } }));"
                        + WAIT_FOREVER);
        CountDownLatch up = new CountDownLatch(1);
        LocalJob job = start(spec(jar, 1, Engine.THREADS, List.of(), Optional.empty()), countingLines(up));
        assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
        long begin = System.nanoTime();
        job.interrupt(2);
        job.interrupt(2);
        assertThat(job.await().exitCode()).isEqualTo(130);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2500));
    }

    @Test
    void linesCarryTheirRank() throws Exception {
        Path jar = TestProgram.jar(folder, "if (rank.rank() == 0) rank.print(\"hello\"); rank.note(\"x\");");
        OutputSpec tagged = new OutputSpec(true, false, Optional.empty(), Set.of(), false);
        LocalJob job = start(withOutput(spec(jar, 2, Engine.PROCESSES, List.of(), Optional.empty()), tagged));
        assertThat(job.await().exitCode()).isZero();
        assertThat(out.toString(UTF_8).lines()).containsExactlyInAnyOrder("[0] hello", "[0] x", "[1] x");
    }

    /** Real JVMs, sixty-four of them, or three with as many threads: megabytes of lines, each whole. */
    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    @org.junit.jupiter.api.Tag("slow")
    @Timeout(300)
    void sixtyFourRanksTalkAtOnce(Engine engine) throws Exception {
        Path jar = TestProgram.jar(folder, "for (int i = 0; i < 2000; i++) rank.note(rank.rank() + \" \" + i + \" \" + \"x\".repeat(i % 90));");
        assertThat(start(jar, 64, engine, List.of()).await().exitCode()).isZero();
        int[] next = new int[64];
        out.toString(UTF_8).lines().forEach(line -> {
            int rank = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            assertThat(line).isEqualTo(rank + " " + next[rank] + " " + "x".repeat(next[rank]++ % 90));
        });
        assertThat(next).containsOnly(2000);
    }

    @Test
    void outputGoesToFilesPerRank() throws Exception {
        Path jar = TestProgram.jar(folder, "rank.print(\"hello\");");
        Path files = folder.resolve("logs");
        OutputSpec spec = new OutputSpec(false, false, Optional.of(files), Set.of(), false);
        assertThat(start(withOutput(spec(jar, 2, Engine.PROCESSES, List.of(), Optional.empty()), spec)).await().exitCode()).isZero();
        assertThat(files.resolve("rank.0.out")).hasContent("hello");
        assertThat(files.resolve("rank.1.out")).isEmptyFile();
    }

    @Test
    void aBrokenOutputIsToldOnce() throws Exception {
        Path jar = TestProgram.jar(folder, "for (int i = 0; i < 1000; i++) rank.print(\"line \" + i);");
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        LocalJob job = new LocalBackend(broken, err, notices::add).start(spec(jar, 1, Engine.THREADS, List.of(), Optional.empty()));
        processes.addAll(job.processIds());
        assertThat(job.await().exitCode()).isZero();
        assertThat(notices).containsExactly("cannot write to standard output any more (No space left on device); the job goes on without");
    }

    @Test
    void aJvmThatIsMissingIsSaid() {
        JobSpec spec = spec(folder.resolve("x.jar"), 1, Engine.THREADS, List.of(), Optional.empty());
        JobSpec.Host nowhere = new JobSpec.Host(folder.resolve("no-jdk"), spec.host().runtimePath(), Map.of(), folder.resolve("none"), Optional.empty());
        JobSpec broken = new JobSpec(
                spec.program(), spec.arguments(), 1, spec.engine(), spec.heapPerRank(), nowhere, spec.output(), spec.timeout());
        assertThatThrownBy(() -> new LocalBackend(out, err, notices::add).start(broken)).isInstanceOf(LaunchRefused.class);
    }

    private LocalJob start(Path jar, int ranks, Engine engine, List<String> arguments) throws LaunchRefused {
        return start(spec(jar, ranks, engine, arguments, Optional.empty()));
    }

    private LocalJob start(JobSpec spec) throws LaunchRefused {
        return start(spec, out);
    }

    private LocalJob start(JobSpec spec, OutputStream output) throws LaunchRefused {
        LocalJob job = new LocalBackend(output, err, notices::add).start(spec);
        processes.addAll(job.processIds());
        segments.add(job.segmentFolder());
        return job;
    }

    private JobSpec spec(Path jar, int ranks, Engine engine, List<String> arguments, Optional<Duration> timeout) {
        JobSpec.Host host = new JobSpec.Host(
                Path.of(System.getProperty("java.home")), List.of(TestProgram.runtime()), Map.of(), folder, Optional.empty());
        return new JobSpec(jar, arguments, ranks, engine, OptionalLong.of(32L << 20), host, OutputSpec.CAPTURED, timeout,
                engine == Engine.HOSTS ? places(ranks) : List.of());
    }

    private static List<JobSpec.Place> places(int ranks) {
        JobSpec.Place first = new JobSpec.Place("127.0.0.1", 1);
        // From three ranks on, two JVMs on the first host, which share memory.
        return ranks < 3 ? List.of(first, new JobSpec.Place("localhost", ranks - 1)) : List.of(first, first, new JobSpec.Place("localhost", ranks - 2));
    }

    private static JobSpec withOutput(JobSpec spec, OutputSpec output) {
        return new JobSpec(
                spec.program(), spec.arguments(), spec.ranks(), spec.engine(), spec.heapPerRank(), spec.host(), output, spec.timeout(), spec.places());
    }

    /** Counts down once for each line that ranks write. */
    private static OutputStream countingLines(CountDownLatch latch) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                if (b == '\n') {
                    latch.countDown();
                }
            }
        };
    }
}
