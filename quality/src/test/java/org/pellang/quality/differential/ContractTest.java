package org.pellang.quality.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.Part;
import org.pellang.launcher.Reach;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.launcher.backend.LocalJob;

/**
 * How jobs end, row by row of {@code docs/cli/contract.md}, with one JVM for each rank on this machine and with ranks on two hosts by a real ssh. After each row
 * no process of the job is left, here or there.
 */
@Timeout(120)
class ContractTest {
    private static final String PROGRAM = """
            extern java "java.util.concurrent.locks.LockSupport" { fn park_nanos(nanos: int) }
            config what = ""
            channel c: int
            let r = rank()
            barrier()
            if what == "trap" {
              if r == 1 { assert r == 0, "not zero" }
              barrier()
            }
            if what == "abort" {
              if r == 1 { abort(265) }
              barrier()
            }
            if what == "abort-0" {
              if r == 1 { abort(256) }
              barrier()
            }
            if what == "odd" {
              if r == 99 { c.send(1, to: 2) }
              if r == 2 { let x = c.recv(from: 0)  note("{x}") }
              barrier()
            }
            if what == "part" {
              print("0 has heard of all")
              barrier()
            }
            if what == "talk" {
              for i in 0..<300 { print("line {i}") }
            }
            if what == "stay" {
              note("up")
              for i in 0..<300 { park_nanos(1_000_000_000) }
            }
            """;
    private static final Duration LIMIT = Duration.ofSeconds(100);
    /** Variable by which a wrapper script marks what it leaves. */
    private static final String LEFT = "PEL_TEST_LEFT";

    @TempDir
    private static Path root;

    private static SshServers servers;
    private static Path jar;
    private static String mark;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws Exception {
        mark = root.getFileName().toString();
        Toolchain.Compiled compiled = new Toolchain().compile("p.pel", PROGRAM);
        assertThat(compiled.jar()).as(compiled.messages()).isNotNull();
        jar = Files.write(root.resolve("p.jar"), compiled.jar());
        if (SshServers.possible()) {
            servers = SshServers.bestPossible(root.resolve("ssh"));
            for (String host : List.of("alpha", "beta")) {
                servers.start(host, null, "SetEnv XDG_CACHE_HOME=" + root.resolve("cache"));
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (servers != null) {
            servers.close();
        }
    }

    /** The tests' own marks are on all processes of their jobs, also on those that left the tree. */
    @AfterEach
    void nothingIsLeft() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (List<Long> left = marked(); !left.isEmpty(); left = marked()) {
            assertThat(System.nanoTime()).as("processes %s are gone", left).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static List<Long> marked() {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(pid -> {
            try {
                return Files.readString(Path.of("/proc/" + pid + "/environ"), java.nio.charset.StandardCharsets.ISO_8859_1).contains(LEFT + "=" + mark + "\0");
            } catch (IOException e) {
                return false;
            }
        }).toList();
    }

    static Stream<Engine> engines() {
        return Stream.of(Engine.PROCESSES, Engine.HOSTS);
    }

    // ---- several programs ----

    /** Ranks are numbered through; each program has its own options, variables and folder; they are one world. */
    @ParameterizedTest
    @MethodSource("engines")
    void severalPrograms(Engine engine) throws Exception {
        JobSpec plain = spec(engine, "part", Map.of(), java(), OptionalLong.of(64L << 20), OutputSpec.CAPTURED, LIMIT);
        Path folder = Files.createDirectories(root.resolve("elsewhere"));
        List<Part> parts = List.of(new Part(jar, List.of("--what=part"), 1, Map.of(), Optional.empty()),
                new Part(teller(), List.of("--word=hello"), 2, Map.of("PEL_TEST_WORD", "a b"), Optional.of(folder)));
        assertThat(start(severalPrograms(plain, parts), out).await().exitCode()).as(() -> err + out.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8).lines()).containsExactlyInAnyOrder("1 of 3 tells hello, a b, of program 1, in elsewhere",
                "2 of 3 tells hello, a b, of program 1, in elsewhere", "0 has heard of all");
        // Whose options are wrong says so, though it is not rank 0.
        List<Part> wrong = List.of(parts.getFirst(), new Part(teller(), List.of("--wort=hello"), 2, Map.of(), Optional.empty()));
        Outcome outcome = start(severalPrograms(plain, wrong), out).await();
        assertThat(err.toString(UTF_8)).containsOnlyOnce("unknown option --wort").contains("--word");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    private static JobSpec severalPrograms(JobSpec s, List<Part> parts) {
        return new JobSpec(s.program(), s.arguments(), 3, s.engine(), s.heapPerRank(), s.host(), s.output(), s.timeout(), s.places(), s.checkpoints(), 1, s.reach(), parts);
    }

    private static Path teller() throws IOException {
        return JavaPrograms.jar(root, "Teller", "\"word\", OptionSpec.Kind.STRING", """
                rank.note(rank.rank() + " of " + rank.size() + " tells " + rank.options().stringValue("word") + ", " + System.getenv("PEL_TEST_WORD") + ", of program "
                    + System.getenv("PEL_PART") + ", in " + java.nio.file.Path.of("").toAbsolutePath().getFileName());
                rank.world().barrier();
                rank.world().barrier();""");
    }

    // ---- a rank fails ----

    @ParameterizedTest
    @MethodSource("engines")
    void aRankThrows(Engine engine) throws Exception {
        Outcome outcome = start(engine, "trap").await();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(err.toString(UTF_8)).as("rank, host, exception, line, operations of it and of those that wait").containsOnlyOnce("pelrun: rank 1 of 3 on host ")
                .containsOnlyOnce("not zero").contains("at p.pel:7").contains("last operations").contains("in barrier");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void abortGivesItsCode(Engine engine) throws Exception {
        assertThat(start(engine, "abort").await().exitCode()).as("265 & 255").isEqualTo(9);
        assertThat(err.toString(UTF_8)).contains("rank 1 of 3 on host ").contains("abort(265) was called").contains("at p.pel:11");
        assertThat(start(engine, "abort-0").await().exitCode()).as("256 & 255, which would say that all is well").isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aRankIsKilled(Engine engine) throws Exception {
        LocalJob job = staying(engine, Map.of());
        jvms().getLast().destroyForcibly();
        Outcome outcome = job.await();
        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(outcome.report().toString()).contains("was killed by signal 9 (SIGKILL); the other ranks are stopped").contains("kernel")
                .contains("last operations of ").contains("barrier (collective ");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void allWait(Engine engine) throws Exception {
        assertThat(start(engine, "odd").await().exitCode()).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("deadlock: every rank is blocked").contains("rank 2 waits").contains("channel c");
    }

    // ---- the job is ended ----

    @ParameterizedTest
    @MethodSource("engines")
    void itsTimeIsOver(Engine engine) throws Exception {
        JobSpec spec = spec(engine, "stay", Map.of(), java(), OptionalLong.of(64L << 20), OutputSpec.CAPTURED, Duration.ofSeconds(8));
        Outcome outcome = start(spec, out).await();
        assertThat(outcome.exitCode()).isEqualTo(124);
        // On a busy machine they may still be on their way to each other, and say so.
        assertThat(err.toString(UTF_8)).as("where every rank is").containsPattern("rank 0\\b").containsPattern("ranks? 1\\b").containsPattern("rank 2 |ranks 1, 2:");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void controlC(Engine engine) throws Exception {
        Process pelrun = pelrun(engine, jar, "--what=stay", "up");
        send("INT", pelrun);
        assertThat(pelrun.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pelrun.exitValue()).isEqualTo(130);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void pelrunIsKilled(Engine engine) throws Exception {
        Process pelrun = pelrun(engine, leaver(), "--stay", "started");
        List<ProcessHandle> ranks = jvms();
        assertThat(ranks).hasSizeGreaterThan(1);
        assertThat(marked()).as("the launcher, ranks, and what they have started").hasSizeGreaterThan(ranks.size() + 3);
        long begin = System.nanoTime();
        pelrun.destroyForcibly().waitFor();
        ranks.forEach(rank -> assertThat(rank.onExit()).succeedsWithin(Duration.ofSeconds(20)));
        System.out.printf("ranks of a killed pelrun were gone after %d ms (%s)%n", (System.nanoTime() - begin) / 1_000_000, engine);
    }

    /** A script that starts what it is to start, and something else that leaves the tree of processes; it passes no signals on. */
    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    void aWrapperScript(Engine engine) throws Exception {
        Path home = Files.createDirectories(root.resolve("wrapped/bin")).getParent();
        String begin = "#!/bin/sh\n" + LEFT + "=" + mark + " setsid -f sleep 300 < /dev/null > /dev/null 2>&1\n";
        if (engine == Engine.PROCESSES) {
            script(home.resolve("bin/java"), begin + java() + "/bin/java \"$@\"\n");
        } else {
            Assumptions.assumeTrue(servers != null, "needs ssh and its server");
            script(home.resolve("bin/far"), begin + String.join(" ", servers.agent()) + " \"$@\"\n");
        }
        CountDownLatch up = new CountDownLatch(3);
        JobSpec spec = engine == Engine.PROCESSES ? spec(engine, "stay", Map.of(), home, OptionalLong.of(64L << 20), OutputSpec.CAPTURED, LIMIT)
                : spec(engine, "stay", List.of(home.resolve("bin/far").toString()));
        LocalJob job = start(spec, counting(up));
        assertThat(up.await(60, TimeUnit.SECONDS)).as(err::toString).isTrue();
        job.interrupt(15);
        assertThat(job.await().exitCode()).isEqualTo(143);
    }

    private static void script(Path file, String text) throws IOException {
        assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
    }

    /** What ranks start goes with them, wherever it has gone. */
    @ParameterizedTest
    @MethodSource("engines")
    void whatRanksHaveStarted(Engine engine) throws Exception {
        JobSpec plain = spec(engine, "talk", Map.of(), java(), OptionalLong.of(64L << 20), OutputSpec.CAPTURED, LIMIT);
        JobSpec spec = new JobSpec(leaver(), List.of(), 3, engine, plain.heapPerRank(), plain.host(), plain.output(), plain.timeout(), plain.places(),
                plain.checkpoints(), 1, plain.reach());
        assertThat(start(spec, out).await().exitCode()).as(err::toString).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("started\n".repeat(3));
    }

    /** A program in Java, each rank of which leaves a process. */
    private static Path leaver() throws IOException {
        return JavaPrograms.jar(root, "Leaver", "\"stay\", OptionSpec.Kind.BOOL", """
                var nowhere = ProcessBuilder.Redirect.DISCARD;
                new ProcessBuilder("setsid", "-f", "sleep", "300").redirectOutput(nowhere).redirectError(nowhere).start().waitFor();
                rank.note("started");
                rank.world().barrier();
                if (rank.options().has("stay")) new java.util.concurrent.CountDownLatch(1).await();""");
    }

    // ---- what does not end it, or lets it not begin ----

    @ParameterizedTest
    @MethodSource("engines")
    void theHeapExceedsTheMemory(Engine engine) {
        assertThatThrownBy(() -> start(spec(engine, "talk", Map.of(), java(), OptionalLong.of(1L << 44), OutputSpec.CAPTURED, LIMIT), out))
                .isInstanceOfSatisfying(LaunchRefused.class, e -> assertThat(e.exitCode()).isEqualTo(125))
                .hasMessageContaining("16384.0 GiB of heap each need").hasMessageMatching("(?s).*is [0-9.]+ GiB; use fewer ranks or a smaller --heap.*");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void standardOutputIsClosed(Engine engine) throws Exception {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(start(spec(engine, "talk", Map.of(), java(), OptionalLong.of(64L << 20), OutputSpec.CAPTURED, LIMIT), closed).await().exitCode()).isZero();
        assertThat(notices.stream().filter(n -> n.contains("go"))).containsOnlyOnce("cannot write to standard output any more (Broken pipe); the job goes on without");
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESSES", "HOSTS"})
    void theDiskOfTheLogsIsFull(Engine engine) throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        Path logs = Files.createDirectories(root.resolve("logs-" + engine));
        Path full = Files.createSymbolicLink(logs.resolve("rank.0.out"), Path.of("/dev/full"));
        OutputSpec output = new OutputSpec(false, false, Optional.of(logs), Set.of(), false);
        assertThat(start(spec(engine, "talk", Map.of(), java(), OptionalLong.of(64L << 20), output, LIMIT), out).await().exitCode()).isZero();
        Files.delete(full);
        assertThat(notices.stream().filter(n -> n.contains("cannot write"))).singleElement().asString().contains("rank.0.out").contains("the job goes on without");
    }

    // ---- jobs ----

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }

    private LocalJob start(Engine engine, String what) throws LaunchRefused {
        return start(spec(engine, what, Map.of(), java(), OptionalLong.of(64L << 20), OutputSpec.CAPTURED, LIMIT), out);
    }

    private LocalJob start(JobSpec spec, OutputStream output) throws LaunchRefused {
        err.reset();
        return new LocalBackend(output, err, notices::add).start(spec);
    }

    /** All ranks say that they are up, and stay. */
    private LocalJob staying(Engine engine, Map<String, String> environment) throws Exception {
        CountDownLatch up = new CountDownLatch(3);
        LocalJob job = start(spec(engine, "stay", environment, java(), OptionalLong.of(64L << 20), OutputSpec.CAPTURED, LIMIT), counting(up));
        assertThat(up.await(60, TimeUnit.SECONDS)).as(err::toString).isTrue();
        return job;
    }

    private static JobSpec spec(Engine engine, String what, Map<String, String> environment, Path home, OptionalLong heap, OutputSpec output, Duration limit) {
        boolean far = engine == Engine.HOSTS;
        Assumptions.assumeTrue(!far || servers != null, "needs ssh and its server (apt-get install openssh-client openssh-server)");
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put(LEFT, mark);
        JobSpec.Host here = Hosts.here(root, all);
        JobSpec.Host host = home.equals(here.javaHome()) ? here : new JobSpec.Host(home, here.runtimePath(), all, root, Optional.empty());
        // With an output of its own each rank has a JVM of its own.
        List<JobSpec.Place> places = !far ? List.of() : output.plain() ? List.of(new JobSpec.Place("alpha", 1), new JobSpec.Place("beta", 2))
                : List.of(new JobSpec.Place("alpha", 1), new JobSpec.Place("beta", 1), new JobSpec.Place("beta", 1));
        Reach reach = far ? new Reach(servers.agent(), Set.of("alpha", "beta"), Map.of(), Duration.ofSeconds(60), true, false, Reach.Tls.AUTO) : Reach.HERE;
        return new JobSpec(jar, List.of("--what=" + what), 3, engine, heap, host, output, Optional.of(limit), places, CheckpointSpec.NONE, 1, reach);
    }

    /** By another agent. */
    private static JobSpec spec(Engine engine, String what, List<String> agent) {
        JobSpec s = spec(engine, what, Map.of(), java(), OptionalLong.of(64L << 20), OutputSpec.CAPTURED, LIMIT);
        Reach reach = new Reach(agent, s.reach().far(), Map.of(), s.reach().limit(), true, false, Reach.Tls.AUTO);
        return new JobSpec(s.program(), s.arguments(), 3, engine, s.heapPerRank(), s.host(), s.output(), s.timeout(), s.places(), s.checkpoints(), 1, reach);
    }

    /** {@code pelrun} as a process, with ranks that are up and stay. */
    private static Process pelrun(Engine engine, Path program, String argument, String up) throws IOException {
        Assumptions.assumeTrue(engine != Engine.HOSTS || servers != null, "needs ssh and its server");
        // Whoever starts this test in the background of a script makes its children ignore SIGINT.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", java() + "/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), "org.pellang.cli.Main", "pelrun", "--heap", "64m", "-x", LEFT));
        command.addAll(engine == Engine.HOSTS ? List.of("--host", "alpha:1,beta:2", "--ssh", String.join(" ", servers.agent()))
                : List.of("-n", "3", "--engine", engine.name().toLowerCase(Locale.ROOT)));
        command.addAll(List.of(program.toString(), argument));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile()).redirectError(root.resolve("err").toFile());
        builder.environment().put("XDG_CACHE_HOME", root.resolve("cache").toString());
        builder.environment().put(LEFT, mark);
        Process process = builder.start();
        @SuppressWarnings("resource")
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (int i = 0; i < 3; i++) {
            assertThat(lines.readLine()).as(() -> read(root.resolve("err"))).isEqualTo(up);
        }
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The JVMs of ranks, here and on the hosts, whose network alone is another one. */
    private static List<ProcessHandle> jvms() {
        return marked().stream().filter(pid -> read(Path.of("/proc/" + pid + "/cmdline")).contains("bootstrap.RankMain"))
                .flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();
    }

    /** Counts down once for each line. */
    private OutputStream counting(CountDownLatch latch) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                super.write(b);
                if (b == '\n') {
                    latch.countDown();
                }
            }
        };
    }
}
