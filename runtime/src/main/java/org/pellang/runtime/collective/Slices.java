package org.pellang.runtime.collective;

/**
 * A buffer cut into one slice for each rank, as even as can be.
 *
 * @param counts lengths
 * @param displs places in the buffer
 */
@SuppressWarnings("ArrayRecordComponent")
record Slices(int[] counts, int[] displs) {
    static Slices of(int off, int len, int p) {
        int[] counts = new int[p];
        int[] displs = new int[p];
        for (int r = 0; r < p; r++) {
            int from = (int) ((long) len * r / p);
            counts[r] = (int) ((long) len * (r + 1) / p) - from;
            displs[r] = off + from;
        }
        return new Slices(counts, displs);
    }
}
