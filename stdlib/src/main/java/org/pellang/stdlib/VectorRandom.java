package org.pellang.stdlib;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The random numbers of {@link RandomFunctions} for several counters at once, with the same bits. Short methods, which the JVM inlines into generated loops, so that no
 * vector is allocated.
 */
public final class VectorRandom {
    private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> FOUR = LongVector.SPECIES_256;
    /** Whether the machine converts vectors of longs itself, as those with vectors of 512 bits do. */
    private static final boolean CONVERTS = WIDE.length() == 8;
    /** 2^52 and 2^84 as bits of doubles: what is put into their last bits counts ones and 2^32s. */
    private static final long ONES = 0x4330000000000000L;
    private static final long HIGH_ONES = 0x4530000000000000L;

    private VectorRandom() {}

    /** {@link RandomFunctions#uniform01(long, long)} of {@code i, i + step, ...}. */
    public static DoubleVector uniform01(VectorSpecies<Double> species, long seed, long i, long step) {
        return unit(species, bits(species, seed, i, step));
    }

    /** {@link RandomFunctions#uniform01(long, long, long)} of {@code i, i + step, ...} and {@code k, k + inner, ...}. */
    public static DoubleVector uniform01(VectorSpecies<Double> species, long seed, long i, long step, long k, long inner) {
        LongVector counters = counters(species, (k + 1) * RandomFunctions.GOLDEN, inner * RandomFunctions.GOLDEN);
        return unit(species, mixed(bits(species, seed, i, step).add(counters)));
    }

    private static LongVector bits(VectorSpecies<Double> species, long seed, long i, long step) {
        return mixed(counters(species, seed * RandomFunctions.SPREAD + (i + 1) * RandomFunctions.GOLDEN, step * RandomFunctions.GOLDEN));
    }

    private static LongVector counters(VectorSpecies<Double> species, long first, long distance) {
        VectorSpecies<Long> longs = species.length() == WIDE.length() ? WIDE : FOUR;
        return LongVector.zero(longs).addIndex(1).mul(distance).add(first);
    }

    private static LongVector mixed(LongVector state) {
        LongVector z = state.lanewise(VectorOperators.XOR, state.lanewise(VectorOperators.LSHR, 30)).mul(RandomFunctions.MIX_1);
        z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 27)).mul(RandomFunctions.MIX_2);
        return z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 31));
    }

    /** The upper 53 bits as a fraction. Without conversion both halves become doubles by their bits. */
    private static DoubleVector unit(VectorSpecies<Double> species, LongVector bits) {
        LongVector number = bits.lanewise(VectorOperators.LSHR, 11);
        if (CONVERTS) {
            return ((DoubleVector) number.convertShape(VectorOperators.L2D, species, 0)).mul(RandomFunctions.ULP53);
        }
        return byHalves(number).mul(RandomFunctions.ULP53);
    }

    /** Longs below 2^53 as doubles. */
    static DoubleVector byHalves(LongVector number) {
        DoubleVector high = number.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.OR, HIGH_ONES).reinterpretAsDoubles();
        DoubleVector low = number.lanewise(VectorOperators.AND, 0xffff_ffffL).lanewise(VectorOperators.OR, ONES).reinterpretAsDoubles();
        return high.sub(0x1.00000001p84).add(low);
    }
}
