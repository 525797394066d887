package org.pellang.quality.differential;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.Reach;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.launcher.backend.LocalJob;

/**
 * Jobs on hosts that are reached by a real ssh: with root's rights each in a network namespace of its own, where no folder of this build can be seen, else on the
 * loopback interface. Every way to fail ends with a reason and its exit code, within its time, and leaves no process.
 */
@Timeout(120)
class SshHostsTest {
    private static final String SUM = """
            config text = ""
            domain D[0..<20000] dist block
            var a, b: [D] float
            forall i in D { a[i] = sqrt(float(i)) * uniform01(7, i) }
            for t in 0..<3 {
              forall i in D { b[i] = 0.5 * a[i] + 0.25 * a[(i + 1) % 20000] }
              a <=> b
            }
            print("{sum(a)} [{text}]")
            """;
    /** Says that it runs, and goes on and on. */
    private static final String RUNS_ON = """
            domain D[0..<300] dist block
            var a, b: [D] float = 1.0
            for t in 0..<1000000000 {
              forall i in D { b[i] = 0.5 * a[i] + 0.5 * a[(i + 1) % 300] }
              a <=> b
              if t == 20 { print("up") }
            }
            print("{sum(a)}")
            """;
    private static final String SURVIVES = """
            domain D[0..<400] dist block
            var u, v: [D] float
            forall i in D { u[i] = uniform01(5, i) }
            for t in 0..<40 checkpoint every 3 {
              for k in 0..<50 {
                forall i in D { v[i] = 0.5 * u[i] + 0.5 * u[(i + 1) % 400] * uniform01(t, i, k) }
                u <=> v
              }
              print("{t} {sum(u)}")
            }
            """;
    private static final String STRANGE = "it's \"a\" $HOME `b` ; & | \\ * %s\n\ttwo lines, müßig ␟";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private static Path root;

    private static SshServers servers;
    private static Path hidden;
    private static byte[] sum;
    private static byte[] runsOn;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void startServers() throws Exception {
        Assumptions.assumeTrue(SshServers.possible(), "needs ssh and its server (apt-get install openssh-client openssh-server)");
        hidden = Files.createDirectory(root.resolve("hidden"));
        servers = SshServers.bestPossible(root.resolve("ssh"));
        String cache = "SetEnv XDG_CACHE_HOME=" + root.resolve("cache");
        servers.start("alpha", hidden, cache);
        servers.start("beta", hidden, cache);
        Path old = Files.createDirectories(root.resolve("jdk17/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
        assertThat(Files.writeString(old.resolve("bin/java"), "#!/bin/sh\n").toFile().setExecutable(true)).isTrue();
        servers.start("old", null, "SetEnv PEL_JAVA_HOME=" + old);
        servers.start("forged", null);
        servers.forge("forged", "alpha");
        servers.announce("silent");
        sum = compiled(SUM);
        runsOn = compiled(RUNS_ON);
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (servers != null) {
            servers.close();
        }
    }

    /** Whatever ssh has started ends by itself when the job is over. */
    @AfterEach
    void nothingIsLeft() throws Exception {
        if (servers != null && servers.areSeparated()) {
            for (String host : List.of("alpha", "beta")) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (servers.processes(host).stream().anyMatch(SshHostsTest::isJava)) {
                    assertThat(System.nanoTime()).as("JVMs on " + host + " are gone").isLessThan(end);
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static boolean isJava(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains("org.pellang.");
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] compiled(String text) {
        Toolchain.Compiled compiled = new Toolchain().compile("hosts.pel", text);
        byte[] jar = compiled.jar();
        if (jar == null) {
            throw new AssertionError(compiled.messages());
        }
        return jar;
    }

    @Test
    void sameBitsAndNoShellReadsTheJob() throws Exception {
        Outcome outcome = start(sum, out, List.of("--text=" + STRANGE), Map.of("PEL_STRANGE", STRANGE, "PEL_PROGRESS", "0"), "alpha:2", "beta:1", "beta:1").await();
        assertThat(outcome).as(err::toString).isEqualTo(new Outcome(0, Outcome.End.COMPLETED, List.of()));
        assertThat(out.toString(UTF_8)).isEqualTo(new Toolchain().run(sum, 1, List.of("--text=" + STRANGE)).out());
        assertThat(err.toString(UTF_8)).isEmpty();
        if (servers.areSeparated()) {
            try (var copies = Files.list(root.resolve("cache/pel/stage"))) {
                assertThat(copies.map(f -> f.getFileName().toString())).as("the program, which these hosts do not see").isNotEmpty()
                        .allMatch(n -> n.matches("[0-9a-f]{64}\\.jar(\\.used)?"));
            }
        }
    }

    @Test
    void allHostsThatCannotTakePartAreNamed() {
        assertThatThrownBy(() -> start(sum, out, List.of(), Map.of(), "alpha:1", "old:1", "forged:1", "silent:1"))
                .isInstanceOfSatisfying(LaunchRefused.class, e -> assertThat(e.exitCode()).isEqualTo(125))
                .hasMessageContaining("3 of 4 hosts cannot take part:")
                .hasMessageContaining("\n  old: no Java 25 or newer there; ").hasMessageContaining("jdk17 is Java 17")
                .hasMessageMatching("(?s).*\n  forged: .*Host key verification failed.*")
                .hasMessageMatching("(?s).*\n  silent: .*(Connection refused|Network is unreachable).*");
    }

    @Test
    void withoutSshTheUserIsTold() {
        Reach none = new Reach(List.of("no-such-ssh"), java.util.Set.of("alpha"), Map.of(), LIMIT, true, false, Reach.Tls.AUTO);
        assertThatThrownBy(() -> start(sum, out, List.of(), Map.of(), none, List.of(new JobSpec.Place("alpha", 1))))
                .hasMessageContaining("alpha: there is no no-such-ssh here").hasMessageContaining("--launch-agent");
    }

    @Test
    void aHostThatDies() throws Exception {
        Assumptions.assumeTrue(servers.areSeparated(), "needs network namespaces");
        CountDownLatch up = new CountDownLatch(1);
        LocalJob job = start(runsOn, counting(up), List.of(), Map.of(), "alpha:1", "beta:1");
        assertThat(up.await(60, TimeUnit.SECONDS)).as(err::toString).isTrue();
        long begin = System.nanoTime();
        List<Long> sessions = servers.processes("beta").stream().filter(p -> p != servers.server("beta")).toList();
        sessions.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Outcome outcome = job.await();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.end()).isEqualTo(Outcome.End.HOST_LOST);
        assertThat(outcome.report()).singleElement().asString().startsWith("host beta (number 1) is lost: ");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @FunctionalInterface
    private interface Misfortune {
        void befalls() throws Exception;
    }

    /** A job that is struck after some lines ends well, with the output of an undisturbed one. */
    private void survives(Misfortune misfortune, boolean shrink, String... hosts) throws Exception {
        Assumptions.assumeTrue(servers.areSeparated(), "needs network namespaces");
        byte[] program = compiled(SURVIVES);
        CountDownLatch some = new CountDownLatch(8);
        List<JobSpec.Place> places = List.of(hosts).stream().map(h -> new JobSpec.Place(h, 1)).toList();
        JobSpec plain = spec(program, List.of(), Map.of(), reach(hosts), places);
        Path ck = Files.createTempDirectory(root, "ck");
        CheckpointSpec checkpoints = new CheckpointSpec(Optional.of(ck), false, false, false, Optional.empty(), false, false, -1, "survivor",
                "survives.pel", 86_400, 3, shrink, false, 1);
        OutputStream output = new java.io.FilterOutputStream(counting(some)) {
            @Override
            public void write(int b) throws IOException {
                super.write(b);
                SshHostsTest.this.out.write(b);
            }
        };
        var job = org.pellang.launcher.backend.SurvivingJob.start(new LocalBackend(output, err, notices::add), plain.with(hosts.length, checkpoints), notices::add);
        java.util.concurrent.CompletableFuture<Outcome> end = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return job.await();
            } catch (LaunchRefused | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(some.await(60, TimeUnit.SECONDS)).as(err::toString).isTrue();
        misfortune.befalls();
        assertThat(end.get(90, TimeUnit.SECONDS).exitCode()).as(() -> notices + err.toString()).isZero();
        assertThat(notices.toString()).contains("is lost: ").contains("restart 1 of 3");
        assertThat(out.toString(UTF_8)).isEqualTo(new Toolchain().run(program, 1, List.of()).out());
    }

    /** A host dies; the job goes on with all its ranks on the other one, from its last checkpoint. */
    @Test
    @Tag("slow")
    void aJobThatSurvivesAHost() throws Exception {
        survives(() -> servers.processes("beta").stream().filter(p -> p != servers.server("beta")).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly)),
                false, "alpha", "beta");
        assertThat(notices.toString()).contains("host beta (number 1) is lost: ");
    }

    /** A cable is pulled: the host is lost, and its rank goes on elsewhere. */
    @Test
    @Tag("slow")
    void aJobThatSurvivesAPulledCable() throws Exception {
        try {
            survives(() -> servers.cable("beta", false), false, "alpha", "beta");
        } finally {
            servers.cable("beta", true);
        }
    }

    /** Two hosts no longer reach each other, though ssh reaches both: one of them is given up, and nothing is started there again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("slow")
    void aJobThatSurvivesACutLink(boolean shrink) throws Exception {
        try {
            survives(() -> cut(true, "alpha", "beta"), shrink, "alpha", "beta");
        } finally {
            cut(false, "alpha", "beta");
        }
        assertThat(notices.toString()).doesNotContain("restart 2 of 3");
    }

    /** The same where neither of them is the one that hears all others. */
    @Test
    @Tag("slow")
    void aJobThatSurvivesACutLinkElsewhere() throws Exception {
        Assumptions.assumeTrue(servers.areSeparated(), "needs network namespaces");
        servers.start("gamma", hidden, "SetEnv XDG_CACHE_HOME=" + root.resolve("cache"));
        try {
            survives(() -> cut(true, "beta", "gamma"), false, "alpha", "beta", "gamma");
        } finally {
            cut(false, "beta", "gamma");
        }
        assertThat(notices.toString()).contains("what is sent does not arrive").doesNotContain("restart 2 of 3");
    }

    private static void cut(boolean cut, String... hosts) throws IOException, InterruptedException {
        if (servers.areSeparated()) {
            for (String host : hosts) {
                servers.isolate(host, cut);
            }
        }
    }

    @Test
    @Tag("slow")
    void aHostWhoseServerDoesNotAnswer() throws Exception {
        servers.start("frozen", null);
        servers.freeze("frozen");
        Reach impatient = new Reach(servers.agent(), java.util.Set.of("frozen", "alpha"), Map.of(), Duration.ofSeconds(4), true, false, Reach.Tls.AUTO);
        assertThatThrownBy(() -> start(sum, out, List.of(), Map.of(), impatient, List.of(new JobSpec.Place("alpha", 1), new JobSpec.Place("frozen", 1))))
                .hasMessageContaining("1 of 2 hosts cannot take part:\n  frozen: no answer within 4 s (--launch-timeout)");
    }

    @Test
    @Tag("slow")
    void aCableThatIsPulled() throws Exception {
        Assumptions.assumeTrue(servers.areSeparated(), "needs network namespaces");
        CountDownLatch up = new CountDownLatch(1);
        LocalJob job = start(runsOn, counting(up), List.of(), Map.of(), "alpha:1", "beta:1");
        assertThat(up.await(60, TimeUnit.SECONDS)).isTrue();
        servers.cable("beta", false);
        try {
            long begin = System.nanoTime();
            Outcome outcome = job.await();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.report().toString() + err).contains("is lost: ");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            nothingIsLeft();
        } finally {
            servers.cable("beta", true);
        }
    }

    @Test
    @Tag("slow")
    void aNarrowLine() throws Exception {
        Assumptions.assumeTrue(servers.areSeparated(), "needs network namespaces");
        servers.start("narrow", null);
        servers.cap("narrow", "5mbit");
        assertThat(start(sum, out, List.of(), Map.of(), "alpha:1", "narrow:2").await().exitCode()).as(err::toString).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(new Toolchain().run(sum, 1, List.of()).out());
    }

    // ---- jobs ----

    private LocalJob start(byte[] program, OutputStream output, List<String> arguments, Map<String, String> environment, String... hosts)
            throws IOException, LaunchRefused {
        List<JobSpec.Place> places = new ArrayList<>();
        for (String host : hosts) {
            places.add(new JobSpec.Place(host.split(":")[0], Integer.parseInt(host.split(":")[1])));
        }
        return start(program, output, arguments, environment, reach(places.stream().map(JobSpec.Place::host).toArray(String[]::new)), places);
    }

    private static Reach reach(String... hosts) {
        return new Reach(servers.agent(), new HashSet<>(List.of(hosts).stream().distinct().toList()), Map.of(), Duration.ofSeconds(30), true, false, Reach.Tls.AUTO);
    }

    private LocalJob start(byte[] program, OutputStream output, List<String> arguments, Map<String, String> environment, Reach reach, List<JobSpec.Place> places)
            throws IOException, LaunchRefused {
        return new LocalBackend(output, err, notices::add).start(spec(program, arguments, environment, reach, places));
    }

    private static JobSpec spec(byte[] program, List<String> arguments, Map<String, String> environment, Reach reach, List<JobSpec.Place> places) throws IOException {
        Path jar = Files.write(hidden.resolve("program.jar"), program);
        int ranks = places.stream().mapToInt(JobSpec.Place::ranks).sum();
        return new JobSpec(jar, arguments, ranks, Engine.HOSTS, OptionalLong.of(64L << 20), Hosts.here(hidden, environment), OutputSpec.CAPTURED,
                Optional.of(LIMIT), places, CheckpointSpec.NONE, 1, reach);
    }

    /** Counts down once for each line that ranks write. */
    private static OutputStream counting(CountDownLatch latch) {
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
