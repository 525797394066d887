package org.pellang.runtime;

import java.util.Arrays;

/** Blocks of equal length, one per rank, as lengths and places. */
final class Blocks {
    private Blocks() {}

    static int[] equal(int ranks, int len) {
        int[] counts = new int[ranks];
        Arrays.fill(counts, len);
        return counts;
    }

    static long[] equal(int ranks, long len) {
        long[] counts = new long[ranks];
        Arrays.fill(counts, len);
        return counts;
    }

    /** The same part for each rank. */
    static Part[] same(int ranks, Part part) {
        Part[] parts = new Part[ranks];
        Arrays.fill(parts, part);
        return parts;
    }

    static int[] steps(int ranks, int off, int len) {
        int[] displs = new int[ranks];
        for (int r = 0; r < ranks; r++) {
            displs[r] = Math.addExact(off, Math.multiplyExact(r, len));
        }
        return displs;
    }
}
