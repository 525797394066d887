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

    /** Every line adds the same numbers: in loops of every kind, on threads, beside other operators, in elements of arrays. */
    private static final String KINDS = """
            domain V[0..<5000] dist block
            domain C[0..<5000] dist cyclic
            domain D[0..<50, 0..<100] dist block
            fn number(i: int) = (i * 7919 % 4999 - 2500) * 2.0 ** (i % 60)
            op last(a: int, b: int) identity -1 = if b < 0 then a else b
            print("{sum(number(i) forall i in C)}")
            print("{sum(number(i) forall i in 0..<5000 dist dynamic(7))}")
            print("{sum(number(i) forall i in V dist guided(3))}")
            print("{sum(number(100 * i + j) forall (i, j) in D dist steal(40))}")
            var s = 0.0
            forall i in V reduce sum s on threads(3) { s += number(i) }
            print("{s}")
            var a: [V] float
            s = 0.0
            wavefront i in V.from(1) reduce sum s { a[i] = a[i-1] + 1.0; s += number(i) * (a[i] / a[i]) }
            print("{s + number(0)}")
            var g: [D] float = 1.0
            s = 0.0
            wavefront (i, j) in D reduce sum s { if i > 0 and j > 0 { g[i, j] = g[i-1, j-1] }; s += number(100 * i + j) * g[i, j] }
            print("{s}")
            var p = 1.0
            var m = 0
            var k = last(0, 0)
            s = 0.0
            forall i in V reduce sum s, prod p, max m, last k { s += number(i); p *= 1.0 + i / 1e7; m max= i; k reduce= i }
            print("{s}")
            assert m == 4999 and k == 4999 and abs(p - prod(1.0 + i / 1e7 for i in 0..<5000)) < 1e-9
            var total: [3] float
            forall i in V reduce sum total { total[1] += number(i); total[2] += 1.0 }
            print("{total[1]}")
            assert total[0] == 0.0 and total[2] == 5000.0
            forall i in V dist dynamic(11) reduce sum total { total[0] += number(i) }
            print("{total[0]}")
            print("{(sum(number(i) * 2.0i forall i in V) / 2.0i).re}")
            print("{sum(vec2(1.0, number(i)) forall i in V).y}")
            let t = sum((i, number(i)) forall i in V)
            print("{t[1]}")
            var f: [V] float = 0.0
            forall i in V { f[i] = number(i) }
            print("{sum(f)}")
            print("{mean(f) * 5000.0}")
            let running = scan sum(f)
            print("{running[4999]}")
            let rows = scan sum(number(100 * i + j) forall (i, j) in D)
            print("{rows[49, 99]}")
            assert all(running[100 * i + j] == rows[i, j] forall (i, j) in D)
            """;

    @TempDir
    private Path folder;

    @Test
    void allLoopsAddExactly() throws Exception {
        BigDecimal all = BigDecimal.ZERO;
        for (int i = 0; i < 5000; i++) {
            all = all.add(new BigDecimal((i * 7919L % 4999 - 2500) * Math.scalb(1.0, i % 60)));
        }
        double sum = all.doubleValue();
        for (int ranks : List.of(1, 3)) {
            assertThat(numbers(KINDS, "exact", ranks)).hasSize(17).allMatch(x -> x == sum || x == sum / 5000.0 * 5000.0);
        }
    }

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
            assertThat(numbers(PROGRAM, "exact", ranks)).isEqualTo(expected);
        }
        assertThat(numbers(PROGRAM, "fast", 3).get(3)).isCloseTo(expected.get(3), org.assertj.core.data.Percentage.withPercentage(1e-9));
    }

    private List<Double> numbers(String program, String mode, int ranks) throws Exception {
        Toolchain.Compiled compiled = new Toolchain().compile("p.pel", program);
        assertThat(compiled.messages()).isEmpty();
        Path jar = Files.write(folder.resolve("p.jar"), java.util.Objects.requireNonNull(compiled.jar()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        JobSpec spec = new JobSpec(jar, List.of(), ranks, Engine.THREADS, OptionalLong.empty(), Hosts.here(folder, Map.of("PEL_REDUCE", mode)),
                OutputSpec.CAPTURED, Optional.of(Duration.ofMinutes(1)));
        assertThat(new LocalBackend(out, err, notice -> {}).start(spec).await().exitCode()).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return java.util.Arrays.stream(out.toString(StandardCharsets.UTF_8).trim().split("\\s+")).map(Double::valueOf).toList();
    }
}
