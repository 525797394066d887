package org.pellang.quality.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.Reach;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.launcher.backend.SurvivingJob;

/**
 * Jobs on two hosts by ssh, each struck once at a seeded moment from its start on: a JVM is killed or stopped, the launcher's agent or its ssh is killed, a cable
 * is pulled. Each job ends well with the output of an undisturbed one, or with a reason; none hangs, and no JVM is left, also where the cable stays out.
 * {@code -Dpel.soak.rounds=500} in the slow profile.
 */
@Tag("slow")
class HostSoakTest {
    private static final String STEPS = """
            domain D[0..<400] dist block
            var u, v: [D] float
            forall i in D { u[i] = uniform01(5, i) }
            for t in 0..<60 checkpoint every 5 {
              for k in 0..<60 {
                forall i in D { v[i] = 0.5 * u[i] + 0.5 * u[(i + 1) % 400] * uniform01(t, i, k) }
                u <=> v
              }
              print("{t} {sum(u)}")
            }
            """;
    private static final int ROUNDS = Integer.getInteger("pel.soak.rounds", 12);
    private static final long SEED = Long.getLong("pel.soak.seed", 1);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int REFUSED = 125;

    @TempDir
    private Path root;

    private enum Blow {
        NONE,
        KILL_JVM,
        STOP_JVM,
        KILL_AGENT,
        KILL_SSH,
        PULL_CABLE
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void struckJobs() throws Exception {
        Assumptions.assumeTrue(SshServers.possible() && SshServers.canSeparate(), "needs ssh, its server and network namespaces");
        Toolchain.Compiled compiled = new Toolchain().compile("steps.pel", STEPS);
        byte[] jar = compiled.jar();
        assertThat(jar).as(compiled.messages()).isNotNull();
        List<byte[]> programs = new ArrayList<>(List.of(jar));
        for (String example : List.of("08-cg/cg.pel", "13-ring/ring.pel")) {
            byte[] other = new Toolchain().compile(example, Files.readString(Path.of("..", "examples").resolve(example))).jar();
            assertThat(other).as(example).isNotNull();
            programs.add(other);
        }
        Map<String, Integer> table = new TreeMap<>();
        Random random = new Random(SEED);
        try (SshServers servers = SshServers.separated(root.resolve("ssh"))) {
            servers.start("alpha", null, "SetEnv XDG_CACHE_HOME=" + root.resolve("cache"));
            servers.start("beta", null, "SetEnv XDG_CACHE_HOME=" + root.resolve("cache"));
            for (int k = 0; k < ROUNDS; k++) {
                // Two thirds of them the long one; the others are mostly struck while they start.
                byte[] program = programs.get(k % 6 < 4 ? 0 : k % 6 - 3);
                String end = round(servers, program, k, random);
                table.merge(end, 1, Integer::sum);
            }
        }
        StringBuilder text = new StringBuilder(ROUNDS + " struck jobs: none hung, no JVM was left, no output was wrong\n");
        table.forEach((row, n) -> text.append("%6d  %s%n".formatted(n, row)));
        System.out.println(text);
    }

    private String round(SshServers servers, byte[] program, int number, Random random) throws Exception {
        Blow blow = Blow.values()[random.nextInt(Blow.values().length)];
        boolean restarts = random.nextBoolean();
        long delay = TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(4000));
        String victim = random.nextBoolean() ? "alpha" : "beta";
        String what = "round %d, seed %d: %s on %s after %d ms, restarts: %s".formatted(number, SEED, blow, victim, delay / 1_000_000, restarts);
        Path here = Files.createDirectory(root.resolve("round" + number));
        Path jar = Files.write(here.resolve("program.jar"), program);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        CheckpointSpec checkpoints = restarts
                ? new CheckpointSpec(Optional.of(here.resolve("ck")), false, false, false, Optional.empty(), false, false, -1, "soak" + number, "steps.pel", 86_400, 3,
                        false, false, 1)
                : CheckpointSpec.NONE;
        List<JobSpec.Place> places = List.of(new JobSpec.Place("alpha", 1), new JobSpec.Place("beta", 2));
        Reach reach = new Reach(servers.agent(), Set.of("alpha", "beta"), Map.of(), Duration.ofSeconds(30), true, false, Reach.Tls.AUTO);
        JobSpec spec = new JobSpec(jar, List.of(), 3, Engine.HOSTS, OptionalLong.of(64L << 20), Hosts.here(here), OutputSpec.CAPTURED, Optional.of(LIMIT), places,
                checkpoints, 1, reach);
        CompletableFuture<Outcome> end = CompletableFuture.supplyAsync(() -> run(spec, new LocalBackend(out, err, said::add), said));
        LockSupport.parkNanos(delay);
        strike(servers, blow, victim);
        try {
            Outcome outcome = end.get(LIMIT.toSeconds() + 30, TimeUnit.SECONDS);
            String all = what + "\n" + outcome + "\n" + said + "\n" + err.toString(UTF_8);
            assertThat(outcome.end()).as(all).isNotEqualTo(Outcome.End.TIMED_OUT);
            if (outcome.exitCode() == 0) {
                assertThat(out.toString(UTF_8)).as(all).isEqualTo(new Toolchain().run(program, 1, List.of()).out());
            } else {
                assertThat(blow).as(all).isNotEqualTo(Blow.NONE);
                if (restarts) {
                    // One blow is survived, unless it fell before there were ranks.
                    assertThat(outcome.exitCode()).as(all).isEqualTo(REFUSED);
                }
                assertThat(outcome.report().size() + err.size()).as(all).isPositive();
            }
            nothingIsLeft(servers, all);
            return blow + (outcome.exitCode() == 0 ? ": ended well" : ": ended with a reason, exit code " + outcome.exitCode()) + (restarts ? " (may restart)" : "");
        } finally {
            servers.cable(victim, true);
        }
    }

    private static Outcome run(JobSpec spec, LocalBackend backend, List<String> said) {
        try {
            return spec.checkpoints().maxRestarts() > 0 ? SurvivingJob.start(backend, spec, said::add).await() : backend.start(spec).await();
        } catch (LaunchRefused e) {
            return new Outcome(e.exitCode(), Outcome.End.RANK_FAILED, List.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void strike(SshServers servers, Blow blow, String victim) throws IOException, InterruptedException {
        switch (blow) {
            case NONE -> { }
            case KILL_JVM -> all(servers, victim, "bootstrap.RankMain").forEach(ProcessHandle::destroyForcibly);
            case STOP_JVM -> {
                for (ProcessHandle jvm : all(servers, victim, "bootstrap.RankMain")) {
                    new ProcessBuilder("kill", "-STOP", "" + jvm.pid()).start().waitFor();
                }
            }
            case KILL_AGENT -> all(servers, victim, "launcher.agent.Agent").forEach(ProcessHandle::destroyForcibly);
            case KILL_SSH -> ProcessHandle.current().descendants().filter(p -> p.info().commandLine().orElse("").matches(".*\\bssh -F .* " + victim + " exec .*"))
                    .forEach(ProcessHandle::destroyForcibly);
            case PULL_CABLE -> servers.cable(victim, false);
        }
    }

    private static List<ProcessHandle> all(SshServers servers, String host, String main) throws IOException, InterruptedException {
        List<ProcessHandle> found = new ArrayList<>();
        for (long pid : servers.processes(host)) {
            if (commandLine(pid).contains(main)) {
                ProcessHandle.of(pid).ifPresent(found::add);
            }
        }
        return found;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    private static void nothingIsLeft(SshServers servers, String what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        for (String host : List.of("alpha", "beta")) {
            while (!all(servers, host, "org.pellang.").isEmpty()) {
                assertThat(System.nanoTime()).as("JVMs on " + host + " are gone; " + what).isLessThan(end);
                LockSupport.parkNanos(50_000_000);
            }
        }
    }
}
