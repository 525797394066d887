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

    static int[] steps(int ranks, int off, int len) {
        int[] displs = new int[ranks];
        for (int r = 0; r < ranks; r++) {
            displs[r] = Math.addExact(off, Math.multiplyExact(r, len));
        }
        return displs;
    }
}
