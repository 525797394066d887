package org.pellang.runtime.array;

/**
 * A permutation of the indices of a one-axis domain that is a function of a seed alone, in both directions, without a table: every rank can tell of its own
 * indices where in the shuffled order they stand. A balanced Feistel network of six rounds over the next even number of bits, walked until it lands in the
 * range. Sources: Luby and Rackoff, "How to construct pseudorandom permutations from pseudorandom functions", SIAM J. Comput. 17(2), 1988; Black and Rogaway,
 * "Ciphers with arbitrary finite domains", CT-RSA 2002 (cycle walking). The round function is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
 */
public final class Shuffle {
    private static final int ROUNDS = 6;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Shuffle() {}

    /** Whether index {@code i} of a domain stands at one of the positions {@code from..<end} of the order that a seed gives. */
    public static boolean within(Domain domain, long i, long seed, long from, long end) {
        long at = position(seed, (i - domain.lo(0)) / domain.step(0), domain.extent(0));
        return at >= from && at < end;
    }

    /** The indices at positions {@code from..<end}, as far as the domain has them, as a replicated array. */
    public static PelArray order(Domain domain, long seed, long from, long end) {
        long n = domain.extent(0);
        long first = Math.clamp(from, 0, n);
        long last = Math.clamp(end, first, n);
        PelArray order = PelArray.create(Domain.range(0, last - first - 1), ElemType.INT);
        long[] indices = order.i64(0);
        for (long p = first; p < last; p++) {
            indices[(int) (p - first)] = domain.lo(0) + element(seed, p, n) * domain.step(0);
        }
        return order;
    }

    /** Where element {@code k} of {@code n} stands. */
    static long position(long seed, long k, long n) {
        int half = half(n);
        long at = k;
        do {
            at = forward(seed, at, half);
        } while (at >= n);
        return at;
    }

    /** Which of {@code n} elements stands at a position. */
    static long element(long seed, long position, long n) {
        int half = half(n);
        long k = position;
        do {
            k = backward(seed, k, half);
        } while (k >= n);
        return k;
    }

    /** Bits of each half of a number below {@code n}. */
    private static int half(long n) {
        return Math.max(1, (64 - Long.numberOfLeadingZeros(n - 1) + 1) / 2);
    }

    private static long forward(long seed, long x, int half) {
        long mask = (1L << half) - 1;
        long left = x >>> half;
        long right = x & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (mix(seed, right, round) & mask);
            left = right;
            right = next;
        }
        return left << half | right;
    }

    private static long backward(long seed, long x, int half) {
        long mask = (1L << half) - 1;
        long left = x >>> half;
        long right = x & mask;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long before = right ^ (mix(seed, left, round) & mask);
            right = left;
            left = before;
        }
        return left << half | right;
    }

    private static long mix(long seed, long x, int round) {
        long z = seed + GOLDEN * (x * ROUNDS + round + 1);
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
