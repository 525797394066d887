package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.pellang.runtime.PelTrap;

class RandomTest {
    private static final int MANY = 200_000;

    /** Vectors of S. Vigna's reference splitmix64.c, seed 1234567 (as listed at Rosetta Code, "Pseudo-random numbers/Splitmix64"). */
    @Test
    void publishedVectors() {
        String[] expected = {
            "6457827717110365317", "3203168211198807973", "9817491932198370423", "4593380528125082431", "16408922859458223821"
        };
        for (int i = 0; i < expected.length; i++) {
            assertThat(Long.toUnsignedString(RandomFunctions.splitMix(1234567, i))).isEqualTo(expected[i]);
        }
        assertThat(RandomFunctions.splitMix(0, 0)).isEqualTo(0xE220A8397B1DCDAFL);
    }

    private static void moments(LongToDoubleFunction draw, double mean, double variance) {
        double sum = 0.0;
        double squares = 0.0;
        for (long i = 0; i < MANY; i++) {
            double x = draw.applyAsDouble(i);
            sum += x;
            squares += (x - mean) * (x - mean);
        }
        double sigma = Math.sqrt(variance);
        assertThat(sum / MANY).isEqualTo(mean, within(4.5 * sigma / Math.sqrt(MANY)));
        assertThat(squares / MANY).isEqualTo(variance, within(0.03 * variance));
    }

    @Test
    void meansAndVariances() {
        moments(i -> RandomFunctions.uniform01(1, i), 0.5, 1.0 / 12);
        moments(i -> RandomFunctions.uniform01(i, 1), 0.5, 1.0 / 12);
        moments(i -> RandomFunctions.uniform01(7, i / 100, i % 100), 0.5, 1.0 / 12);
        moments(i -> RandomFunctions.uniform(3, i, -2, 4), 1.0, 3.0);
        moments(i -> RandomFunctions.normal(5, i), 0.0, 1.0);
        moments(i -> RandomFunctions.normal(5, i, 9), 0.0, 1.0);
        moments(i -> RandomFunctions.exponential(5, i), 1.0, 1.0);
        moments(i -> RandomFunctions.poisson(5, i, 3.5), 3.5, 3.5);
        moments(i -> RandomFunctions.poisson(5, i, 80.0), 80.0, 80.0);
        moments(i -> RandomFunctions.normal3(i, 0).y(), 0.0, 1.0);
        moments(i -> RandomFunctions.normal3(i, 0).x() * RandomFunctions.normal3(i, 0).z(), 0.0, 1.0);
    }

    /** Neighbouring elements, seeds and sub-streams are uncorrelated. */
    @Test
    void neighboursAreUncorrelated() {
        double elements = 0.0;
        double seeds = 0.0;
        double diagonal = 0.0;
        for (long i = 0; i < MANY; i++) {
            double x = RandomFunctions.normal(11, i);
            elements += x * RandomFunctions.normal(11, i + 1);
            seeds += x * RandomFunctions.normal(12, i);
            diagonal += RandomFunctions.normal(i, i) * RandomFunctions.normal(i + 1, i + 1);
        }
        double bound = 4.5 / Math.sqrt(MANY);
        assertThat(elements / MANY).isEqualTo(0.0, within(bound));
        assertThat(seeds / MANY).isEqualTo(0.0, within(bound));
        assertThat(diagonal / MANY).isEqualTo(0.0, within(bound));
    }

    /** Pearson's test over 64 cells; 99.9 % of 63 degrees of freedom is 103.4. */
    @Test
    void randintIsUniform() {
        long[] cells = new long[64];
        for (long i = 0; i < MANY; i++) {
            cells[(int) RandomFunctions.randint(3, i, 64)]++;
        }
        double expected = MANY / 64.0;
        double chi = 0.0;
        for (long cell : cells) {
            chi += (cell - expected) * (cell - expected) / expected;
        }
        assertThat(chi).isBetween(30.0, 103.4);
        assertThatThrownBy(() -> RandomFunctions.randint(1, 1, 0)).isInstanceOf(PelTrap.class);
    }

    /** Quantiles from R's qnorm, 17 digits. */
    @Test
    void normalQuantiles() {
        assertThat(InverseNormal.of(0.975)).isEqualTo(1.959963984540054, within(1e-15));
        assertThat(InverseNormal.of(0.5)).isEqualTo(0.0);
        assertThat(InverseNormal.of(0.001)).isEqualTo(-3.090232306167813, within(2e-15));
        assertThat(InverseNormal.of(1e-12)).isEqualTo(-7.034483825301131, within(1e-14));
    }

    @Test
    void permutationsHoldEveryIndexOnce() {
        int[] order = RandomFunctions.permutation(9, 1000);
        assertThat(java.util.Arrays.stream(order).sorted().toArray()).isEqualTo(java.util.stream.IntStream.range(0, 1000).toArray());
        assertThat(order).isNotEqualTo(RandomFunctions.permutation(10, 1000));
    }
}
