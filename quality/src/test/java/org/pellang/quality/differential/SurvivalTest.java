package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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

/**
 * Real processes are killed while they run: by SIGKILL at a seeded moment of the job's progress (a number of lines that came out), stopped by SIGSTOP and continued
 * later. The job ends well with the output of an undisturbed run. {@code -Pslow} does it a thousand times and prints a table.
 */
@Tag("slow")
class SurvivalTest {
    private static final String PROGRAM = """
            domain D[0..<400] dist block
            var u, v: [D] float
            var l: list int
            forall i in D { u[i] = uniform01(5, i) }
            for t in 0..<40 checkpoint every 3 {
              for k in 0..<50 {
                forall i in D { v[i] = 0.5 * u[i] + 0.5 * u[(i + 1) % 400] * uniform01(t, i, k) }
                u <=> v
              }
              push(l, t)
              print("{t} {sum(u)}")
            }
            print("{len(l)} {sum(u)}")
            """;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Toolchain toolchain = new Toolchain();

    @TempDir
    Path folder = Path.of("");

    private enum Blow {
        KILL,
        STOP,
        STOP_AND_CONTINUE
    }

    private byte[] jar() {
        Toolchain.Compiled compiled = toolchain.compile("survive.pel", PROGRAM);
        byte[] jar = compiled.jar();
        if (jar == null) {
            throw new AssertionError(compiled.messages());
        }
        return jar;
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void killedRanks() throws Exception {
        rounds(6, 1);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void aThousandTimes() throws Exception {
        rounds(1000, 2);
    }

    private void rounds(int rounds, long seed) throws Exception {
        byte[] jar = jar();
        String expected = toolchain.run(jar, 1, List.of()).out();
        Random random = new Random(seed);
        Map<String, Integer> table = new TreeMap<>();
        for (int k = 0; k < rounds; k++) {
            // Most are killed; stopping takes its seconds.
            Blow blow = k % 6 == 4 ? Blow.STOP : k % 6 == 5 ? Blow.STOP_AND_CONTINUE : Blow.KILL;
            int blows = blow == Blow.KILL ? 1 + random.nextInt(2) : 1;
            List<String> said = new ArrayList<>();
            Disturbed out = new Disturbed(random, blow, blows, said);
            int code = run(jar, 2 + random.nextInt(2), k, out, said, random.nextInt(4) == 0);
            assertThat(code).as("round %d: %s %s", k, blow, said).isZero();
            assertThat(out.text()).as("round %d: %s %s", k, blow, said).isEqualTo(expected);
            long restarts = said.stream().filter(l -> l.contains("; restart ")).count();
            table.merge(blow + ", restarts: " + restarts, 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder("disturbed jobs, all with the output of an undisturbed one\n");
        table.forEach((row, n) -> text.append("%6d  %s%n".formatted(n, row)));
        System.out.println(text);
        assertThat(table.keySet()).anyMatch(row -> row.startsWith("KILL, restarts: ") && !row.endsWith(" 0"));
    }

    private int run(byte[] program, int ranks, int number, Disturbed out, List<String> said, boolean shrink)
            throws IOException, LaunchRefused, InterruptedException {
        Path here = Files.createDirectory(folder.resolve("round" + number));
        Path jar = Files.write(here.resolve("program.jar"), program);
        JobSpec.Host host = Hosts.here(here);
        CheckpointSpec checkpoints = new CheckpointSpec(
                Optional.of(here.resolve("ck")), false, false, false, Optional.empty(), false, false, -1, "job" + number, "survive.pel", 86_400, 5, shrink, false, 1);
        JobSpec spec = new JobSpec(
                jar, List.of(), ranks, Engine.PROCESSES, OptionalLong.of(64L << 20), host, OutputSpec.CAPTURED, Optional.of(LIMIT), List.of(),
                checkpoints, 1);
        LocalBackend backend = new LocalBackend(out, new ByteArrayOutputStream(), said::add);
        SurvivingJob job = SurvivingJob.start(backend, spec, said::add);
        out.job = job;
        Outcome outcome = job.await();
        said.addAll(outcome.report());
        assertThat(Files.exists(here.resolve("ck"))).as("checkpoints after a good end").isFalse();
        return outcome.exitCode();
    }

    /** Standard output that strikes a rank when so many lines have come. */
    private static final class Disturbed extends java.io.OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Random random;
        private final Blow blow;
        private final List<String> said;
        private int left;
        private int wait;
        private volatile SurvivingJob job;

        Disturbed(Random random, Blow blow, int blows, List<String> said) {
            this.random = random;
            this.blow = blow;
            this.left = blows;
            this.said = said;
            this.wait = 1 + random.nextInt(12);
        }

        @Override
        public synchronized void write(int b) {
            bytes.write(b);
            if (b == '\n' && left > 0 && --wait == 0) {
                left--;
                wait = 1 + random.nextInt(12);
                strike();
            }
        }

        private void strike() {
            SurvivingJob running = job;
            List<Long> pids = running == null ? List.of() : running.processIds();
            if (pids.isEmpty()) {
                return;
            }
            long pid = pids.get(random.nextInt(pids.size()));
            said.add("strikes process " + pid);
            try {
                switch (blow) {
                    case KILL -> signal("-KILL", pid);
                    case STOP -> signal("-STOP", pid);
                    case STOP_AND_CONTINUE -> {
                        signal("-STOP", pid);
                        signal("-CONT", pid);
                    }
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void signal(String which, long pid) throws IOException, InterruptedException {
            new ProcessBuilder("kill", which, Long.toString(pid)).start().waitFor();
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
