package org.pellang.quality.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
 * {@code -Dpel.soak.rounds=500} in the slow profile; {@code -Dpel.soak.lanes=3} strikes so many jobs at a time, each on hosts of its own, since most of a round is
 * waiting. Round k of a seed is the same whatever the lanes; {@code -Dpel.soak.first=100} begins there, {@code -Dpel.soak.blow=KILL_SSH} strikes in one way only.
 */
@Tag("slow")
class HostSoakTest {
    private static final String STEPS = """
            domain D[0..<400] dist block
            var u, v: [D] float
            forall i in D { u[i] = uniform01(5, i) }
            for t in 0..<100 checkpoint every 8 {
              for k in 0..<2 {
                forall i in D { v[i] = 0.5 * u[i] + 0.5 * u[(i + 1) % 400] * uniform01(t, i, k) }
                u <=> v
              }
              print("{t} {sum(u)}")
            }
            """;
    private static final int ROUNDS = Integer.getInteger("pel.soak.rounds", 12);
    private static final int FIRST = Integer.getInteger("pel.soak.first", 0);
    private static final int LANES = Integer.getInteger("pel.soak.lanes", 2);
    private static final long SEED = Long.getLong("pel.soak.seed", 1);
    private static final String ONLY = System.getProperty("pel.soak.blow", "");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String CG = "08-cg/cg.pel";
    private static final int REFUSED = 125;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    private Path root;

    /** Small: what is struck is the job, not its arithmetic. */
    private static List<String> options(int program) {
        return program == 1 ? List.of("--n=40") : List.of();
    }

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
        for (String example : List.of(CG, "13-ring/ring.pel")) {
            byte[] other = new Toolchain().compile(example, Files.readString(Path.of("..", "examples").resolve(example))).jar();
            assertThat(other).as(example).isNotNull();
            programs.add(other);
        }
        List<String> expected = IntStream.range(0, programs.size()).mapToObj(p -> new Toolchain().run(programs.get(p), 1, options(p)).out()).toList();
        Map<String, Integer> table = new TreeMap<>();
        AtomicInteger next = new AtomicInteger(FIRST);
        prepare(Files.createDirectory(root.resolve("first")), programs, expected);
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> all = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                Path own = Files.createDirectory(root.resolve("lane" + lane));
                all.add(lanes.submit(() -> lane(own, next, programs, expected, table)));
            }
            for (Future<?> lane : all) {
                lane.get();
            }
        }
        StringBuilder text = new StringBuilder(ROUNDS + " struck jobs: none hung, no JVM was left, no output was wrong\n");
        table.forEach((row, n) -> text.append("%6d  %s%n".formatted(n, row)));
        System.out.println(text);
    }

    /** Undisturbed jobs record the AOT caches that all others find: a JVM that makes one takes many times as long. */
    private void prepare(Path own, List<byte[]> programs, List<String> expected) throws Exception {
        Files.createDirectory(root.resolve("cache"));
        try (SshServers servers = servers(own)) {
            for (int p = 0; p < programs.size(); p++) {
                Strike none = new Strike(Blow.NONE, false, 0, 0, "alpha");
                round(servers, own, programs.get(p), options(p), expected.get(p), p, none);
            }
        }
    }

    private SshServers servers(Path own) throws Exception {
        SshServers servers = SshServers.separated(own.resolve("ssh"));
        servers.start("alpha", null, "SetEnv XDG_CACHE_HOME=" + root.resolve("cache"));
        servers.start("beta", null, "SetEnv XDG_CACHE_HOME=" + root.resolve("cache"));
        return servers;
    }

    private Void lane(Path own, AtomicInteger next, List<byte[]> programs, List<String> expected, Map<String, Integer> table) throws Exception {
        try (SshServers servers = servers(own)) {
            for (int k = next.getAndIncrement(); k < FIRST + ROUNDS; k = next.getAndIncrement()) {
                // Two thirds of them the long one; the others are mostly struck while they start.
                int program = k % 6 < 4 ? 0 : k % 6 - 3;
                long begin = System.nanoTime();
                String end = round(servers, own, programs.get(program), options(program), expected.get(program), k, Strike.of(new Random(SEED * 1_000_003 + k)));
                System.out.printf("%4d %4d s  %s%n", k, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin), end);
                synchronized (table) {
                    table.merge(end, 1, Integer::sum);
                }
            }
        } catch (Exception | AssertionError e) {
            // The other lanes need not go on.
            next.set(FIRST + ROUNDS);
            throw e;
        }
        return null;
    }

    /** What befalls a job. @param lines after so many of its output @param delay and so many nanoseconds */
    private record Strike(Blow blow, boolean restarts, int lines, long delay, String victim) {
        static Strike of(Random random) {
            Blow drawn = Blow.values()[random.nextInt(Blow.values().length)];
            Blow blow = ONLY.isEmpty() ? drawn : Blow.valueOf(ONLY);
            boolean restarts = random.nextBoolean();
            // Half of the blows come while the job runs, after so many lines; the others at any time, mostly while it starts.
            int lines = random.nextBoolean() ? 1 + random.nextInt(90) : 0;
            long delay = TimeUnit.MILLISECONDS.toNanos(lines > 0 ? random.nextInt(20) : 200 + random.nextInt(4000));
            return new Strike(blow, restarts, lines, delay, random.nextBoolean() ? "alpha" : "beta");
        }
    }

    private String round(SshServers servers, Path own, byte[] program, List<String> options, String expected, int number, Strike strike) throws Exception {
        Blow blow = strike.blow;
        boolean restarts = strike.restarts;
        int lines = strike.lines;
        String victim = strike.victim;
        String what = "round %d, seed %d: %s on %s after %d lines and %d ms, restarts: %s".formatted(number, SEED, blow, victim, lines, strike.delay / 1_000_000, restarts);
        Path here = Files.createDirectory(own.resolve("round" + number));
        Path jar = Files.write(here.resolve("program.jar"), program);
        CountDownLatch come = new CountDownLatch(lines);
        AtomicLong first = new AtomicLong();
        long begin = System.nanoTime();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream counted = new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                super.write(b);
                first.compareAndSet(0, System.nanoTime());
                if (b == '\n') {
                    come.countDown();
                }
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        CheckpointSpec checkpoints = restarts
                ? new CheckpointSpec(Optional.of(here.resolve("ck")), false, false, false, Optional.empty(), false, false, -1, "soak" + number, "steps.pel", 86_400, 3,
                        false, false, 1)
                : CheckpointSpec.NONE;
        List<JobSpec.Place> places = List.of(new JobSpec.Place("alpha", 1), new JobSpec.Place("beta", 2));
        Reach reach = new Reach(servers.agent(), Set.of("alpha", "beta"), Map.of(), Duration.ofSeconds(30), true, false, Reach.Tls.AUTO);
        JobSpec spec = new JobSpec(jar, options, 3, Engine.HOSTS, OptionalLong.of(64L << 20), Hosts.here(here), OutputSpec.CAPTURED, Optional.of(LIMIT), places,
                checkpoints, 1, reach);
        // Not in the common pool: it has one thread on two cores, and the jobs of all lanes would wait for each other.
        CompletableFuture<Outcome> end = CompletableFuture.supplyAsync(() -> run(spec, new LocalBackend(counted, err, said::add), said),
                job -> Thread.ofPlatform().daemon().name("job " + number).start(job));
        end.thenRun(() -> LongStream.range(0, lines).forEach(i -> come.countDown()));
        assertThat(come.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(what).isTrue();
        LockSupport.parkNanos(strike.delay);
        boolean hit = false;
        while (!hit && blow != Blow.NONE && !end.isDone()) {
            hit = strike(servers, blow, victim);
            if (!hit) {
                // On a busy machine nobody may be there yet.
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
        try {
            Outcome outcome = end.get(LIMIT.toSeconds() + 30, TimeUnit.SECONDS);
            String all = what + "\n" + outcome + "\n" + said + "\n" + err.toString(UTF_8);
            assertThat(outcome.end()).as(all).isNotEqualTo(Outcome.End.TIMED_OUT);
            if (outcome.exitCode() == 0) {
                assertThat(out.toString(UTF_8)).as(all).isEqualTo(expected);
            } else {
                assertThat(blow).as(all).isNotEqualTo(Blow.NONE);
                if (restarts) {
                    // One blow is survived, unless it fell before there were ranks.
                    assertThat(outcome.exitCode()).as(all).isEqualTo(REFUSED);
                }
                assertThat(outcome.report().size() + err.size()).as(all).isPositive();
            }
            long ended = System.nanoTime();
            nothingIsLeft(servers, all);
            System.out.printf("%4d output after %d s, end after %d s%n", number, TimeUnit.NANOSECONDS.toSeconds(Math.max(0, first.get() - begin)),
                    TimeUnit.NANOSECONDS.toSeconds(ended - begin));
            return blow + (hit || blow == Blow.NONE ? "" : " of nobody")
                    + (outcome.exitCode() == 0 ? ": ended well" : ": ended with a reason, exit code " + outcome.exitCode()) + (restarts ? " (may restart)" : "");
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

    /** Whether there was somebody to strike. */
    private static boolean strike(SshServers servers, Blow blow, String victim) throws IOException, InterruptedException {
        List<ProcessHandle> struck = switch (blow) {
            case KILL_JVM, STOP_JVM -> all(servers, victim, "bootstrap.RankMain");
            case KILL_AGENT -> all(servers, victim, "launcher.agent.Agent");
            case KILL_SSH -> ProcessHandle.current().descendants()
                    .filter(p -> p.info().commandLine().orElse("").matches(".*\\bssh -F " + servers.config() + "( .*)? " + victim + " exec .*")).toList();
            case NONE, PULL_CABLE -> List.of();
        };
        if (blow == Blow.PULL_CABLE) {
            servers.cable(victim, false);
            return true;
        }
        for (ProcessHandle process : struck) {
            if (blow == Blow.STOP_JVM) {
                new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().waitFor();
            } else {
                process.destroyForcibly();
            }
        }
        return !struck.isEmpty();
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
            // To list the processes of a host is much work, to look at some is none.
            for (List<ProcessHandle> left = all(servers, host, "org.pellang."); !left.isEmpty(); left = all(servers, host, "org.pellang.")) {
                while (left.stream().anyMatch(ProcessHandle::isAlive)) {
                    assertThat(System.nanoTime()).as("JVMs on " + host + " are gone; " + what).isLessThan(end);
                    LockSupport.parkNanos(50_000_000);
                }
            }
        }
    }
}
