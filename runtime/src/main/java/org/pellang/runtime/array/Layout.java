package org.pellang.runtime.array;

import org.pellang.runtime.PelTrap;

/**
 * Where the elements of arrays of one domain lie in their columns: row-major over a storage box (the owned box and its ghost cells).
 *
 * @param storage the indices that have a place
 * @param stride elements between neighbours along each axis; the last is 1
 * @param offset to be subtracted: the place of index (i, j, k) is {@code i*stride[0] + j*stride[1] + k*stride[2] - offset}. In {@code int}
 *     arithmetic modulo 2^32, which gives the right place even if bounds exceed 32 bits
 * @param size length of a column
 */
@SuppressWarnings("ArrayRecordComponent")
public record Layout(Box storage, int[] stride, int offset, int size) {
    /** Row-major over {@code owned} grown by the ghost widths; an empty owned box has no ghosts and no storage. */
    public static Layout of(Box owned, long[] below, long[] above) {
        Box storage = owned.isEmpty() ? owned : owned.grow(below, above);
        int n = storage.axes();
        int[] stride = new int[n];
        long size = 1;
        int offset = 0;
        for (int d = n - 1; d >= 0; d--) {
            stride[d] = (int) size;
            offset += (int) storage.lo()[d] * stride[d];
            long extent = storage.extent(d);
            if (extent != 0 && size > (Integer.MAX_VALUE - 8L) / extent) {
                throw new PelTrap("array part " + storage + " needs more than 2**31 elements on one rank: use more ranks");
            }
            size *= extent;
        }
        return new Layout(storage, stride, offset, (int) size);
    }

    /** Place of an index in 1-3 axes. */
    public int place(long[] index) {
        int at = -offset;
        for (int d = 0; d < stride.length; d++) {
            at += (int) index[d] * stride[d];
        }
        return at;
    }
}
