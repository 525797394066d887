package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pellang.launcher.Engine;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.OutputSpec;
import org.pellang.launcher.backend.LocalBackend;

/** {@code pelrun --reduce=exact} and {@code fast}. */
class SumModesTest {
    private static final String PROGRAM = """
            domain V[0..<5000] dist block
            domain D[0..<40, 1..30] dist block
            var x: [V] float
            forall i in V { x[i] = (i * 7919 % 4999 - 2500) * 2.0 ** (i % 60) }
            let (s, n) = (sum(x[i] forall i in V), count(x[i] > 0.0 forall i in V))
            print("{s} {n} {mean(x[i] forall i in V if i % 3 > 0)} {sum(1.0 / (i + j) forall (i, j) in D by 3)}")
            """;

    @TempDir
    private Path folder;

    @Test
    void exactSumsAreRoundedOnce() throws Exception {
        BigDecimal all = BigDecimal.ZERO;
        BigDecimal some = BigDecimal.ZERO;
        int positive = 0;
        int count = 0;
        for (int i = 0; i < 5000; i++) {
            double x = (i * 7919L % 4999 - 2500) * Math.scalb(1.0, i % 60);
            all = all.add(new BigDecimal(x));
            positive += x > 0.0 ? 1 : 0;
            some = i % 3 > 0 ? some.add(new BigDecimal(x)) : some;
            count += i % 3 > 0 ? 1 : 0;
        }
        BigDecimal grid = BigDecimal.ZERO;
        for (int i = 0; i < 40; i += 3) {
            for (int j = 1; j <= 30; j += 3) {
                grid = grid.add(new BigDecimal(1.0 / (i + j)));
            }
        }
        List<Double> expected = List.of(all.doubleValue(), (double) positive, some.doubleValue() / count, grid.doubleValue());
        for (int ranks : List.of(1, 3)) {
            assertThat(numbers("exact", ranks)).isEqualTo(expected);
        }
        assertThat(numbers("fast", 3).get(3)).isCloseTo(expected.get(3), org.assertj.core.data.Percentage.withPercentage(1e-9));
    }

    private List<Double> numbers(String mode, int ranks) throws Exception {
        Toolchain.Compiled compiled = new Toolchain().compile("p.pel", PROGRAM);
        assertThat(compiled.messages()).isEmpty();
        Path jar = Files.write(folder.resolve("p.jar"), java.util.Objects.requireNonNull(compiled.jar()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        JobSpec spec = new JobSpec(jar, List.of(), ranks, Engine.THREADS, OptionalLong.empty(), Hosts.here(folder, Map.of("PEL_REDUCE", mode)),
                OutputSpec.CAPTURED, Optional.of(Duration.ofMinutes(1)));
        assertThat(new LocalBackend(out, err, notice -> {}).start(spec).await().exitCode()).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return java.util.Arrays.stream(out.toString(StandardCharsets.UTF_8).trim().split(" ")).map(Double::valueOf).toList();
    }
}
