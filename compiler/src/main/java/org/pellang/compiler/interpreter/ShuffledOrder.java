package org.pellang.compiler.interpreter;

/** The order of {@code D.shuffled(seed)}: a Feistel network of six rounds over SplitMix64's finaliser, walked into the range; see the language reference. */
final class ShuffledOrder {
    private static final int ROUNDS = 6;

    private final long seed;
    private final long n;
    private final int half;

    ShuffledOrder(long seed, long n) {
        this.seed = seed;
        this.n = n;
        int bits = 1;
        while (bits < 63 && 1L << bits < n) {
            bits++;
        }
        half = (bits + 1) / 2;
    }

    /** The position of each element, by element. */
    int[] positions() {
        int[] at = new int[Math.toIntExact(n)];
        for (int k = 0; k < n; k++) {
            at[k] = (int) position(k);
        }
        return at;
    }

    long position(long element) {
        long x = element;
        do {
            x = network(x);
        } while (x >= n);
        return x;
    }

    private long network(long x) {
        long size = 1L << half;
        long left = x / size;
        long right = x % size;
        for (int round = 0; round < ROUNDS; round++) {
            long z = seed + 0x9e3779b97f4a7c15L * (right * ROUNDS + round + 1);
            z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            z ^= z >>> 31;
            long next = left ^ z & size - 1;
            left = right;
            right = next;
        }
        return left * size + right;
    }
}
