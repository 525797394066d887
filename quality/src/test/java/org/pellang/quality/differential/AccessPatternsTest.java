package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pellang.quality.differential.Toolchain.Compiled;
import org.pellang.quality.differential.Toolchain.Run;

/** Random access patterns between random distributions: compiled, at up to 9 ranks, as threads and as processes, they print what the interpreter prints, bit for bit. */
class AccessPatternsTest {
    /** How many programs one job of processes runs. */
    private static final int TOGETHER = 100;

    private final Toolchain toolchain = new Toolchain();

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void programsMoveTheRightData() {
        check(AccessPatterns::program, Long.getLong("pel.fuzz.first", 0), Integer.getInteger("pel.fuzz.count", 50));
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void loopsInLoopsGiveTheSameBits() {
        check(InnerLoops::program, Long.getLong("pel.fuzz.first", 0), Integer.getInteger("pel.fuzz.count", 20));
    }

    @Test
    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void thousandsOfLoopsInLoopsGiveTheSameBits() {
        check(InnerLoops::program, 1_000_000, Integer.getInteger("pel.fuzz.count", 3000));
    }

    @Test
    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void thousandsOfProgramsMoveTheRightData() {
        check(AccessPatterns::program, 1_000_000, Integer.getInteger("pel.fuzz.count", 3000));
    }

    private void check(LongFunction<String> programs, long first, int count) {
        List<String> failures = new ArrayList<>();
        for (long from = first; from < first + count && failures.isEmpty(); from += TOGETHER) {
            failures.addAll(together(programs, from, (int) Math.min(TOGETHER, first + count - from)));
        }
        assertThat(failures).isEmpty();
    }

    /** Each program as threads on several numbers of ranks, and all of them in one job of processes. */
    private List<String> together(LongFunction<String> programs, long first, int count) {
        List<String> failures = new ArrayList<>();
        Map<String, byte[]> jars = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        for (long seed = first; seed < first + count && failures.size() < 3; seed++) {
            String text = programs.apply(seed);
            Compiled compiled = toolchain.compile("p.pel", text);
            byte[] jar = compiled.jar();
            if (jar == null) {
                failures.add("seed " + seed + " is refused: " + compiled.messages() + "\n" + text);
                continue;
            }
            Run want = toolchain.interpret(toolchain.typed("p.pel", text), 1, List.of());
            Dice dice = new Dice(~seed);
            for (int ranks : List.of(1, dice.between(2, 5), dice.between(2, 9))) {
                Run got = toolchain.run(jar, ranks, List.of());
                if (got.exitCode() != want.exitCode() || !got.out().equals(want.out())) {
                    failures.add("seed " + seed + " on " + ranks + " ranks\n" + got.report() + got.out() + "instead of\n" + want.report() + want.out() + text);
                    break;
                }
            }
            if (want.exitCode() == 0) {
                jars.put("seed" + seed, jar);
                expected.put("seed" + seed, want.out());
            }
        }
        int ranks = (int) (2 + (first / TOGETHER + first) % 8);
        Run job = ProcessRuns.run(jars, ranks);
        Map<String, String> printed = Batch.printed(job.out());
        expected.forEach((name, want) -> {
            String got = printed.get(name);
            if (!want.equals(got)) {
                failures.add(name + " on " + ranks + " processes\n" + job.report() + got + "instead of\n" + want);
            }
        });
        return failures;
    }
}
