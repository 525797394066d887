package org.pellang.runtime.loop;

import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.PelArray;

/**
 * An array of a wavefront whose elements later iterations read.
 *
 * @param array what the nest works on
 * @param reads the box of elements that iterations read after others have written them
 * @param shift index of the element that an iteration writes, minus the iteration's
 */
@SuppressWarnings("ArrayRecordComponent")
public record Carried(PelArray array, Need reads, long[] shift) {

    public static Carried of(PelArray array, Need reads, long[] shift) {
        return new Carried(array, reads, shift);
    }

    /** The iterations of {@code writer} whose elements the iterations of {@code reader} may read. */
    Box between(Box writer, Box reader) {
        if (writer.isEmpty() || reader.isEmpty()) {
            return Box.empty(shift.length);
        }
        long[] lo = new long[shift.length];
        long[] hi = new long[shift.length];
        reads.box(reader.lo(), reader.hi(), lo, hi);
        for (int d = 0; d < lo.length; d++) {
            lo[d] -= shift[d];
            hi[d] -= shift[d];
        }
        return new Box(lo, hi).intersect(writer);
    }

    /** The elements that a box of iterations writes. */
    Box written(Box iterations) {
        long[] lo = iterations.lo().clone();
        long[] hi = iterations.hi().clone();
        for (int d = 0; d < lo.length; d++) {
            lo[d] += shift[d];
            hi[d] += shift[d];
        }
        return new Box(lo, hi);
    }
}
