package org.pellang.runtime.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A rectangular set of indices of 1-3 axes. Treat the arrays as constants.
 *
 * @param lo lowest index per axis
 * @param hi highest index per axis, inclusive; the box is empty if it is below {@code lo} on some axis
 */
@SuppressWarnings("ArrayRecordComponent")
public record Box(long[] lo, long[] hi) {
    /** A 1-D box. */
    public static Box of(long lo, long hi) {
        return new Box(new long[] {lo}, new long[] {hi});
    }

    /** The empty box of this many axes. */
    public static Box empty(int axes) {
        long[] hi = new long[axes];
        Arrays.fill(hi, -1);
        return new Box(new long[axes], hi);
    }

    public int axes() {
        return lo.length;
    }

    public boolean isEmpty() {
        for (int d = 0; d < lo.length; d++) {
            if (hi[d] < lo[d]) {
                return true;
            }
        }
        return false;
    }

    /** Indices along one axis; 0 if that axis is empty. */
    public long extent(int d) {
        return Math.max(0, hi[d] - lo[d] + 1);
    }

    /** Number of indices. */
    public long size() {
        long n = 1;
        for (int d = 0; d < lo.length; d++) {
            n = Math.multiplyExact(n, extent(d));
        }
        return n;
    }

    public Box intersect(Box b) {
        long[] l = new long[lo.length];
        long[] h = new long[lo.length];
        for (int d = 0; d < l.length; d++) {
            l[d] = Math.max(lo[d], b.lo[d]);
            h[d] = Math.min(hi[d], b.hi[d]);
        }
        return new Box(l, h);
    }

    /** This box with {@code below[d]} more indices at the low side and {@code above[d]} at the high side. */
    public Box grow(long[] below, long[] above) {
        long[] l = lo.clone();
        long[] h = hi.clone();
        for (int d = 0; d < l.length; d++) {
            l[d] -= below[d];
            h[d] += above[d];
        }
        return new Box(l, h);
    }

    /** Whether every index of {@code b} is in this box; an empty {@code b} always is. */
    public boolean contains(Box b) {
        if (b.isEmpty()) {
            return true;
        }
        for (int d = 0; d < lo.length; d++) {
            if (b.lo[d] < lo[d] || b.hi[d] > hi[d]) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(long... index) {
        for (int d = 0; d < lo.length; d++) {
            if (index[d] < lo[d] || index[d] > hi[d]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Box b && Arrays.equals(lo, b.lo) && Arrays.equals(hi, b.hi);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lo) * 31 + Arrays.hashCode(hi);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int d = 0; d < lo.length; d++) {
            text.append(d == 0 ? "" : ", ").append(lo[d]).append("..").append(hi[d]);
        }
        return text.append(']').toString();
    }
}
