package org.pellang.runtime.array;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;

/**
 * Where the elements of arrays of one domain lie in their columns: row-major over a storage box (the owned box and its ghost cells), or
 * packed: row-major over the owned indices of a rank whose part is no box.
 *
 * @param storage the indices that have a place; of packed storage the smallest box around them
 * @param stride elements between neighbours along each axis; the last is 1
 * @param offset to be subtracted: the place of index (i, j, k) is {@code i*stride[0] + j*stride[1] + k*stride[2] - offset}. In {@code int}
 *     arithmetic modulo 2^32, which gives the right place even if bounds exceed 32 bits
 * @param size length of a column
 * @param packed the indices that have a place if these are no box; else null
 */
@SuppressWarnings("ArrayRecordComponent")
public record Layout(Box storage, int[] stride, int offset, int size, @Nullable OwnedSet packed) {
    /** Row-major over {@code owned} grown by the ghost widths; an empty owned box has no ghosts and no storage. */
    public static Layout of(Box owned, long[] below, long[] above) {
        Box storage = owned.isEmpty() ? owned : owned.grow(below, above);
        long[] extents = new long[storage.axes()];
        for (int d = 0; d < extents.length; d++) {
            extents[d] = storage.extent(d);
        }
        int[] stride = new int[extents.length];
        int size = rowMajor(extents, stride, storage);
        int offset = 0;
        for (int d = 0; d < extents.length; d++) {
            offset += (int) storage.lo()[d] * stride[d];
        }
        return new Layout(storage, stride, offset, size, null);
    }

    /** Row-major over a box. */
    public static Layout of(Box box) {
        return of(box, new long[box.axes()], new long[box.axes()]);
    }

    /** Row-major over what a rank owns, without gaps and without ghosts. */
    public static Layout packed(OwnedSet owned) {
        if (owned.isBox()) {
            return of(owned.box());
        }
        long[] extents = new long[owned.axes().length];
        for (int d = 0; d < extents.length; d++) {
            extents[d] = owned.axes()[d].size();
        }
        int[] stride = new int[extents.length];
        int size = rowMajor(extents, stride, owned.box());
        return new Layout(owned.box(), stride, 0, size, owned);
    }

    private static int rowMajor(long[] extents, int[] stride, Box storage) {
        long size = 1;
        for (int d = extents.length - 1; d >= 0; d--) {
            stride[d] = (int) size;
            if (extents[d] != 0 && size > (Integer.MAX_VALUE - 8L) / extents[d]) {
                throw new PelTrap("array part " + storage + " needs more than 2**31 elements on one rank: use more ranks");
            }
            size *= extents[d];
        }
        return (int) size;
    }

    /** The same places for the indices of one run per axis of packed storage as a layout of a box: its strides, an offset of its own. */
    public Layout run(Box run) {
        if (packed == null) {
            return this;
        }
        int offset = 0;
        for (int d = 0; d < stride.length; d++) {
            offset += (int) (run.lo()[d] - packed.axes()[d].position(run.lo()[d])) * stride[d];
        }
        return new Layout(run, stride, offset, size, null);
    }

    /** This layout at place {@code base} of longer columns. */
    public Layout at(int base) {
        return new Layout(storage, stride, offset - base, size, packed);
    }

    /** Place of an index in 1-3 axes. */
    public int place(long[] index) {
        int at = -offset;
        if (packed != null) {
            for (int d = 0; d < stride.length; d++) {
                at += (int) packed.axes()[d].position(index[d]) * stride[d];
            }
            return at;
        }
        for (int d = 0; d < stride.length; d++) {
            at += (int) index[d] * stride[d];
        }
        return at;
    }
}
