package org.pellang.stdlib;

import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.Vec3;

/**
 * Counter-based random numbers: every value is a function of (seed, i) or (seed, i, k) alone, so any rank may compute it
 * in any order. Element i of stream {@code seed} is output i of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014, with D. Stafford's mix 13) started at {@code seed * SPREAD}: the odd
 * multiplier keeps the streams of neighbouring seeds apart. Sub-stream k of that element is SplitMix64 started at its word.
 */
public final class RandomFunctions {
    static final long GOLDEN = 0x9E3779B97F4A7C15L;
    static final long SPREAD = 0xD1342543DE82EF95L;
    static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    static final long MIX_2 = 0x94D049BB133111EBL;
    static final double ULP53 = 0x1p-53;

    private RandomFunctions() {}

    /** Output {@code i} (from 0) of SplitMix64 started at {@code state}. */
    static long splitMix(long state, long i) {
        long z = state + (i + 1) * GOLDEN;
        z = (z ^ (z >>> 30)) * MIX_1;
        z = (z ^ (z >>> 27)) * MIX_2;
        return z ^ (z >>> 31);
    }

    /** 64 random bits. */
    public static long bits(long seed, long i) {
        return splitMix(seed * SPREAD, i);
    }

    /** 64 random bits of sub-stream element k. */
    public static long bits(long seed, long i, long k) {
        return splitMix(bits(seed, i), k);
    }

    /** Uniform in 0.0 (included) to 1.0 (excluded), a multiple of 2^-53. */
    public static double uniform01(long seed, long i) {
        return (bits(seed, i) >>> 11) * ULP53;
    }

    /** As {@link #uniform01(long, long)}, sub-stream element k. */
    public static double uniform01(long seed, long i, long k) {
        return (bits(seed, i, k) >>> 11) * ULP53;
    }

    /** Uniform in a (included) to b (excluded, up to rounding). */
    public static double uniform(long seed, long i, double a, double b) {
        return a + (b - a) * uniform01(seed, i);
    }

    /** As {@link #uniform(long, long, double, double)}, sub-stream element k. */
    public static double uniform(long seed, long i, long k, double a, double b) {
        return a + (b - a) * uniform01(seed, i, k);
    }

    /** Standard normal. */
    public static double normal(long seed, long i) {
        return normalOf(bits(seed, i));
    }

    /** Standard normal, sub-stream element k. */
    public static double normal(long seed, long i, long k) {
        return normalOf(bits(seed, i, k));
    }

    /** Three independent standard normals. */
    public static Vec3 normal3(long seed, long i) {
        long word = bits(seed, i);
        return new Vec3(normalOf(splitMix(word, 0)), normalOf(splitMix(word, 1)), normalOf(splitMix(word, 2)));
    }

    /** As {@link #normal3(long, long)}, sub-stream element k. */
    public static Vec3 normal3(long seed, long i, long k) {
        long word = bits(seed, i, k);
        return new Vec3(normalOf(splitMix(word, 0)), normalOf(splitMix(word, 1)), normalOf(splitMix(word, 2)));
    }

    /** Exponential with mean 1. */
    public static double exponential(long seed, long i) {
        return -StrictMath.log1p(-uniform01(seed, i));
    }

    /** Exponential with mean 1, sub-stream element k. */
    public static double exponential(long seed, long i, long k) {
        return -StrictMath.log1p(-uniform01(seed, i, k));
    }

    /** Poisson with the given mean. Traps unless 0 <= mean <= 1e15. */
    public static long poisson(long seed, long i, double mean) {
        return poissonOf(bits(seed, i), mean);
    }

    /** As {@link #poisson(long, long, double)}, sub-stream element k. */
    public static long poisson(long seed, long i, long k, double mean) {
        return poissonOf(bits(seed, i, k), mean);
    }

    /** Uniform in 0..n-1, with a bias below n/2^64. Traps unless n > 0. */
    public static long randint(long seed, long i, long n) {
        return below(bits(seed, i), n);
    }

    /** As {@link #randint(long, long, long)}, sub-stream element k. */
    public static long randint(long seed, long i, long k, long n) {
        return below(bits(seed, i, k), n);
    }

    private static long below(long word, long n) {
        if (n <= 0) {
            throw new PelTrap("randint: the bound must be positive, not " + n);
        }
        return Math.unsignedMultiplyHigh(word, n);
    }

    private static double normalOf(long word) {
        return InverseNormal.of(((word >>> 12) + 0.5) * 0x1p-52);
    }

    private static long poissonOf(long word, double mean) {
        if (!(mean >= 0.0 && mean <= 1e15)) {
            throw new PelTrap("poisson: the mean must lie in 0..1e15, not " + Format.repr(mean));
        }
        return mean < 10.0 ? smallPoisson(word, mean) : largePoisson(word, mean);
    }

    /** Sequential search of the distribution function. */
    private static long smallPoisson(long word, double mean) {
        double left = (word >>> 11) * ULP53;
        double probability = StrictMath.exp(-mean);
        long count = 0;
        while (left >= probability && count < 200) {
            left -= probability;
            count++;
            probability *= mean / count;
        }
        return count;
    }

    /** Transformed rejection PTRS (W. Hoermann, "The transformed rejection method for generating Poisson random variables", 1993). */
    private static long largePoisson(long word, double mean) {
        double logMean = StrictMath.log(mean);
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double squeeze = 0.9277 - 3.6224 / (b - 2.0);
        for (long n = 0; ; n += 2) {
            double u = (splitMix(word, n) >>> 11) * ULP53 - 0.5;
            double v = ((splitMix(word, n + 1) >>> 11) + 0.5) * ULP53;
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2.0 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= squeeze) {
                return (long) k;
            }
            if (k < 0.0 || us < 0.013 && v > us) {
                continue;
            }
            double bound = k * logMean - mean - SpecialFunctions.lgamma(k + 1.0);
            if (StrictMath.log(v * inverseAlpha / (a / (us * us) + b)) <= bound) {
                return (long) k;
            }
        }
    }

    /** A permutation of 0..n-1 (Fisher and Yates), a function of the seed. */
    static int[] permutation(long seed, int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = (int) below(bits(seed, i), i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
