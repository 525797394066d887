package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random programs: the reference interpreter at 1 and 3 ranks and the compiled program at 1, 2, 3, 4 and 7 print the same bytes.
 * {@code -Dpel.fuzz.count=N} and {@code -Dpel.fuzz.first=SEED} choose others than the fixed ones.
 */
class DifferentialTest {
    private static final int WORKERS = 2;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void randomProgramsPrintTheSameEverywhere() throws InterruptedException, ExecutionException {
        run(Long.getLong("pel.fuzz.first", 0), Integer.getInteger("pel.fuzz.count", 200));
    }

    @Test
    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void thousandsOfRandomProgramsPrintTheSameEverywhere() throws InterruptedException, ExecutionException {
        run(1_000_000, Integer.getInteger("pel.fuzz.count", 5000));
    }

    private static void run(long first, int count) throws InterruptedException, ExecutionException {
        List<String> failures = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<List<String>>> parts = new ArrayList<>();
            for (int w = 0; w < WORKERS; w++) {
                long start = first + w;
                parts.add(workers.submit(() -> part(start, first + count)));
            }
            for (Future<List<String>> part : parts) {
                failures.addAll(part.get());
            }
        }
        assertThat(failures).isEmpty();
    }

    /** Every {@value #WORKERS}th seed; ends after a few failures, which are made small. */
    private static List<String> part(long start, long end) {
        Differential differential = new Differential(new Toolchain());
        List<String> failures = new ArrayList<>();
        for (long seed = start; seed < end && failures.size() < 2; seed += WORKERS) {
            GeneratedProgram program = ProgramGenerator.generate(seed);
            Optional<Differential.Failure> failure = differential.check(program);
            if (failure.isPresent()) {
                GeneratedProgram small = differential.shrink(program, failure.get());
                Differential.Failure again = differential.check(small).orElse(failure.get());
                failures.add("seed " + seed + ": " + again.kind() + "\n" + again.detail() + "\n" + small.text());
            }
        }
        return failures;
    }
}
