package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;
import org.pellang.launcher.backend.SurvivingJob;
import org.pellang.quality.differential.Blows.Blow;
import org.pellang.runtime.checkpoint.CheckpointFolder;
import org.pellang.runtime.checkpoint.Manifest;

/**
 * Real processes are struck while they run ({@link Blows}): at a seeded moment of the job's progress, some more than once. The job ends well, with the output and the
 * files of an undisturbed run, or with a reason within 15 s of the last blow. {@code -Pslow} strikes a thousand times ({@code -Dpel.blows=N}, {@code -Dpel.blows.seed=S}) and
 * prints a table and all jobs that went wrong.
 */
class SurvivalTest {
    private static final String PROGRAM = """
            config out = "out"
            domain D[0..<400] dist block
            var u, v: [D] float
            var l: list int
            forall i in D { u[i] = uniform01(5, i) }
            save("{out}.a.npy", u)
            for t in 0..<40 checkpoint every 2 {
              for k in 0..<8 {
                forall i in D { v[i] = 0.5 * u[i] + 0.5 * u[(i + 1) % 400] * uniform01(t, i, k) }
                u <=> v
              }
              push(l, t)
              if t % 10 == 7 { save("{out}.{t}.npy", u) }
              if t == 11 { save("{out}.a.npy", u) }
              print("{t} {sum(u)}")
            }
            save("{out}.z.npy", u)
            print("{len(l)} {sum(u)}")
            """;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long REASON_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int MOST_RESTARTS = 40;

    private final Toolchain toolchain = new Toolchain();
    private final Map<String, int[]> table = new TreeMap<>();
    private final boolean root = "root".equals(System.getProperty("user.name"));
    private byte[] jar = {};
    private String expected = "";
    private Map<String, List<Byte>> files = Map.of();
    private final AtomicInteger jobs = new AtomicInteger();
    private final List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder = Path.of("");

    /** A job and what befalls it. @param disk bytes of a small disk of its own; 0: none */
    private record Fight(Engine engine, int ranks, boolean shrink, boolean partner, int restarts, int disk, List<Blow> blows) {
        boolean waits() {
            return blows.contains(Blow.STOP) || blows.contains(Blow.CUT) || blows.contains(Blow.STOP_IN_RECOVERY);
        }

        String title() {
            return blows.stream().map(Blow::name).distinct().collect(Collectors.joining("+")) + " " + engine.name().toLowerCase(java.util.Locale.ROOT)
                    + (shrink ? " --shrink" : "") + (partner ? " --checkpoint-partner" : "") + (restarts == MOST_RESTARTS ? "" : " --max-restarts=" + restarts);
        }
    }

    private static Fight fight(Engine engine, int ranks, Blow... blows) {
        return new Fight(engine, ranks, false, false, MOST_RESTARTS, 0, List.of(blows));
    }

    private static Blow[] times(int n, Blow... blows) {
        return Stream.generate(() -> List.of(blows)).limit(n).flatMap(List::stream).toArray(Blow[]::new);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void thirtyBlows() throws Exception {
        prepare();
        Random random = new Random(7);
        all(round(1), random);
        show();
        assertThat(wrong).isEmpty();
        assertThat(table.values().stream().mapToInt(n -> n[1]).sum()).isGreaterThanOrEqualTo(root ? 26 : 22);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 8, unit = TimeUnit.HOURS)
    void aThousandBlows() throws Exception {
        prepare();
        Random random = new Random(Long.getLong("pel.blows.seed", 2));
        int wanted = Integer.getInteger("pel.blows", 1000);
        for (int size = 1; table.values().stream().mapToInt(n -> n[1]).sum() < wanted; size = size % 3 + 1) {
            all(round(size), random);
            show();
        }
        assertThat(wrong).isEmpty();
    }

    /** Those where the job waits go side by side with the others. */
    private void all(List<Fight> fights, Random random) throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (Fight f : fights) {
                Random own = new Random(random.nextLong());
                if (f.waits()) {
                    waiting.add(pool.submit(() -> observe(() -> carryOut(f, own))));
                }
            }
            for (Fight f : fights) {
                if (!f.waits()) {
                    observe(() -> carryOut(f, random));
                }
            }
            observe(() -> pelrunIsKilled(random));
            for (Future<?> w : waiting) {
                w.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @FunctionalInterface
    private interface Happening {
        void happens() throws Exception;
    }

    /** What goes wrong with one job does not keep the others from being struck. */
    private void observe(Happening one) {
        try {
            one.happens();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            System.out.println("went wrong: " + e);
            wrong.add(e);
        }
    }

    private List<Fight> round(int size) {
        List<Fight> all = new ArrayList<>(List.of(
                fight(Engine.PROCESSES, 3, times(5 + size, Blow.KILL)),
                new Fight(Engine.PROCESSES, 4, true, false, MOST_RESTARTS, 0, List.of(times(2, Blow.KILL))),
                new Fight(Engine.PROCESSES, 2 + size, false, true, MOST_RESTARTS, 0, List.of(times(4, Blow.KILL))),
                fight(Engine.HOSTS, 3, times(4 + size, Blow.KILL)),
                fight(Engine.PROCESSES, 1 + size, times(2 + size / 3, Blow.FLIP, Blow.TRUNCATE)),
                fight(Engine.PROCESSES, 3, times(2, Blow.KILL, Blow.KILL_IN_RECOVERY)),
                fight(Engine.PROCESSES, 2, Blow.STOP),
                new Fight(Engine.PROCESSES, 2, false, false, 1, 0, List.of(Blow.KILL, Blow.KILL))));
        if (size > 1) {
            all.add(new Fight(Engine.HOSTS, 3, true, false, MOST_RESTARTS, 0, List.of(Blow.KILL)));
            all.add(fight(Engine.HOSTS, 3, times(size, Blow.KILL, Blow.KILL_IN_RECOVERY)));
            all.add(fight(size == 2 ? Engine.HOSTS : Engine.PROCESSES, 3, Blow.STOP, Blow.KILL, Blow.STOP_IN_RECOVERY));
            all.add(new Fight(Engine.HOSTS, 3, false, true, MOST_RESTARTS, 0, List.of(times(3, Blow.KILL))));
        }
        if (size == 1 && Files.isExecutable(Path.of("/usr/bin/mpirun.openmpi"))) {
            all.add(fight(Engine.OPENMPI, 2, Blow.KILL));
        }
        if (size == 2 && Files.isExecutable(Path.of("/usr/bin/mpiexec.mpich"))) {
            all.add(fight(Engine.MPICH, 2, Blow.KILL));
        }
        if (root) {
            all.add(fight(Engine.HOSTS, 3, Blow.CUT));
            all.add(new Fight(Engine.PROCESSES, 2, false, false, MOST_RESTARTS, 96 << 10, List.of(times(4, Blow.FULL))));
        }
        return all;
    }

    private void prepare() throws IOException {
        Toolchain.Compiled compiled = toolchain.compile("survive.pel", PROGRAM);
        byte[] bytes = compiled.jar();
        if (bytes == null) {
            throw new AssertionError(compiled.messages());
        }
        jar = bytes;
        Path whole = Files.createDirectory(folder.resolve("whole"));
        expected = toolchain.run(jar, 1, List.of("--out=" + whole.resolve("out"))).out();
        files = contents(whole);
        assertThat(files).hasSize(6);
    }

    private static Map<String, List<Byte>> contents(Path of) throws IOException {
        Map<String, List<Byte>> all = new TreeMap<>();
        try (Stream<Path> found = Files.list(of)) {
            for (Path file : found.filter(f -> f.toString().endsWith(".npy")).toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte b : Files.readAllBytes(file)) {
                    bytes.add(b);
                }
                all.put(file.getFileName().toString(), bytes);
            }
        }
        return all;
    }

    private void show() {
        StringBuilder text = new StringBuilder("%-60s %6s %6s %9s %9s%n".formatted("struck jobs", "jobs", "blows", "as if not", "a reason"));
        table.forEach((row, n) -> text.append("%-60s %6d %6d %9d %9d%n".formatted(row, n[0], n[1], n[2], n[3])));
        System.out.println(text);
    }

    private synchronized void count(String title, int blows, boolean survived) {
        int[] row = table.computeIfAbsent(title, t -> new int[4]);
        row[0]++;
        row[1] += blows;
        row[survived ? 2 : 3]++;
    }

    private void carryOut(Fight f, Random random) throws Exception {
        Path here = Files.createDirectory(folder.resolve("job" + jobs.incrementAndGet()));
        Path ck = Files.createDirectory(here.resolve("ck"));
        boolean mounted = f.disk > 0 && Blows.run("mount", "-t", "tmpfs", "-o", "size=" + f.disk, "none", ck.toString());
        List<String> hosts = f.engine == Engine.HOSTS ? addresses(random) : List.of();
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Blows out = new Blows(random, f.blows, ck, hosts, said);
        CheckpointSpec checkpoints = new CheckpointSpec(Optional.of(ck), false, false, false, Optional.empty(), false, false, -1, here.getFileName().toString(), "survive.pel",
                86_400, f.restarts, f.shrink, f.partner, 1);
        try {
            SurvivingJob job = SurvivingJob.start(new LocalBackend(out, err, out::notice), spec(here, f.engine, f.ranks, hosts, checkpoints), out::notice);
            out.strike(job);
            Outcome outcome = job.await();
            out.goOn();
            said.addAll(outcome.report());
            String what = f.title() + " " + said + "\n" + err.toString(StandardCharsets.UTF_8);
            boolean survived = outcome.exitCode() == 0;
            count(f.title(), out.fallen(), survived);
            if (survived) {
                assertThat(out.text()).as(what).isEqualTo(expected);
                assertThat(contents(here)).as(what).isEqualTo(files);
                assertThat(new CheckpointFolder(ck).numbers()).as("checkpoints after a good end").isEmpty();
            } else {
                assertThat(f.restarts).as(what).isLessThan(MOST_RESTARTS);
                assertThat(outcome.report()).as(what).isNotEmpty();
                assertThat(out.sinceLast()).as(what).isLessThan(REASON_NANOS);
                assertThat(expected).as(what).startsWith(out.text());
            }
        } finally {
            if (mounted) {
                Blows.run("umount", ck.toString());
            }
        }
    }

    /** Nobody else's: connections to them are cut. */
    private static List<String> addresses(Random random) {
        String net = "127." + (1 + random.nextInt(254)) + "." + random.nextInt(255);
        return List.of(net + ".1", net + ".2");
    }

    private JobSpec spec(Path here, Engine engine, int ranks, List<String> hosts, CheckpointSpec checkpoints) throws IOException {
        Path program = Files.write(here.resolve("program.jar"), jar);
        List<JobSpec.Place> places = engine == Engine.HOSTS
                ? List.of(new JobSpec.Place(hosts.getFirst(), ranks - 1), new JobSpec.Place(hosts.getLast(), 1)) : List.of();
        JobSpec.Host usual = Hosts.here(here);
        // So short a program is over before much compiling pays.
        JobSpec.Host host = new JobSpec.Host(usual.javaHome(), usual.runtimePath(), Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"), here, usual.aotFolder());
        return new JobSpec(program, List.of("--out=" + here.resolve("out")), ranks, engine, OptionalLong.of(32L << 20), host, OutputSpec.CAPTURED,
                Optional.of(LIMIT), places, checkpoints, 1);
    }

    // ---- kill -9 of pelrun ----

    /** Nobody may have looked yet at a process that has ended. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** What {@code pelrun --checkpoint-dir --max-restarts} does, in a process of its own: folder, number of restarts. */
    static final class Pelrun {
        private Pelrun() {}

        /** Runs it to its end. */
        public static void main(String[] args) throws Exception {
            SurvivalTest test = new SurvivalTest();
            Path here = Path.of(args[0]);
            test.jar = Files.readAllBytes(here.resolve("program.jar"));
            SurvivingJob job = SurvivingJob.start(new LocalBackend(System.out, System.err, System.err::println),
                    test.spec(here, Engine.PROCESSES, 2, List.of(), kept(here, Optional.empty(), Integer.parseInt(args[1]))), System.err::println);
            System.exit(job.await().exitCode());
        }
    }

    private static CheckpointSpec kept(Path here, Optional<Path> resume, int restarts) {
        return new CheckpointSpec(Optional.of(here.resolve("ck")), true, false, false, resume, false, false, -1, "launcher", "survive.pel", 86_400,
                restarts, false, false, 1);
    }

    /** Its ranks go with it; another pelrun continues on another number of ranks. */
    private void pelrunIsKilled(Random random) throws IOException, InterruptedException, LaunchRefused {
        Path here = Files.createDirectory(folder.resolve("job" + jobs.incrementAndGet()));
        Files.write(here.resolve("program.jar"), jar);
        int restarts = random.nextBoolean() ? MOST_RESTARTS : 0;
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process pelrun = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", classes, Pelrun.class.getName(), here.toString(), "" + restarts).redirectError(here.resolve("err").toFile()).start();
        StringBuilder first = new StringBuilder();
        int wait = 4 + random.nextInt(25);
        List<ProcessHandle> ranks = List.of();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(pelrun.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                first.append(line).append('\n');
                if (--wait == 0) {
                    ranks = pelrun.descendants().toList();
                    // By its handle: its output stays open.
                    pelrun.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(pelrun.waitFor()).as(Files.readString(here.resolve("err"))).isEqualTo(137);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ranks.stream().anyMatch(SurvivalTest::runs)) {
            assertThat(System.nanoTime()).as("its ranks are gone").isLessThan(end);
            Thread.onSpinWait();
        }
        CheckpointFolder ck = new CheckpointFolder(here.resolve("ck"));
        Optional<Path> from = ck.numbers().isEmpty() ? Optional.empty() : Optional.of(here.resolve("ck"));
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        List<String> said = new ArrayList<>();
        long lines = from.isEmpty() ? 0 : Manifest.read(ck.complete(ck.numbers().getFirst())).loops().getLast().lines();
        LocalBackend backend = new LocalBackend(second, new ByteArrayOutputStream(), said::add);
        Outcome outcome = SurvivingJob.start(backend, spec(here, Engine.PROCESSES, 1 + random.nextInt(3), List.of(), kept(here, from, restarts)), said::add).await();
        assertThat(outcome.exitCode()).as("%s", said).isZero();
        String before = first.toString().lines().limit(lines).map(l -> l + "\n").collect(Collectors.joining());
        assertThat(before + second.toString(StandardCharsets.UTF_8)).as("%s", said).isEqualTo(expected);
        assertThat(contents(here)).isEqualTo(files);
        count("kill -9 of pelrun" + (restarts == 0 ? "" : " --max-restarts") + ", resumed on 1 to 3 ranks", 1, true);
    }
}
