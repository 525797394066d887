package org.pellang.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

/** Random numbers in vectors have the bits of single ones. */
class VectorRandomTest {
    private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;

    @Test
    void equalsSingleNumbers() {
        SplittableRandom dice = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            long seed = dice.nextLong();
            long i = dice.nextLong();
            long step = dice.nextLong(-3, 4);
            long k = dice.nextLong();
            long inner = dice.nextLong(-3, 4);
            for (VectorSpecies<Double> species : java.util.List.of(WIDE, DoubleVector.SPECIES_256)) {
                double[] one = VectorRandom.uniform01(species, seed, i, step).toArray();
                double[] two = VectorRandom.uniform01(species, seed, i, step, k, inner).toArray();
                for (int lane = 0; lane < one.length; lane++) {
                    assertThat(one[lane]).isEqualTo(RandomFunctions.uniform01(seed, i + lane * step));
                    assertThat(two[lane]).isEqualTo(RandomFunctions.uniform01(seed, i + lane * step, k + lane * inner));
                }
            }
        }
    }

    @Test
    void halvesMakeExactDoubles() {
        SplittableRandom dice = new SplittableRandom(8);
        for (int round = 0; round < 500; round++) {
            long[] numbers = dice.longs(LongVector.SPECIES_PREFERRED.length(), 0, 1L << 53).toArray();
            numbers[0] = round == 0 ? (1L << 53) - 1 : round == 1 ? 0 : numbers[0];
            double[] doubles = VectorRandom.byHalves(LongVector.fromArray(LongVector.SPECIES_PREFERRED, numbers, 0)).toArray();
            for (int k = 0; k < numbers.length; k++) {
                assertThat(doubles[k]).isEqualTo((double) numbers[k]);
            }
        }
    }
}
