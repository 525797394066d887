package org.pellang.compiler.interpreter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A domain: per axis bounds (inclusive) and a stride, and the declaration that it derives from.
 *
 * @param root bounds and distribution of the declaration
 */
record IndexSet(Root root, long[] lo, long[] hi, long[] step) {

    /** What sets derived from one declaration share. {@code spread}: per axis how it is split, see {@link Ownership}; none: undistributed. */
    record Root(long[] lo, long[] hi, long[] spread, boolean periodic) {
        boolean distributed() {
            for (long s : spread) {
                if (s != Ownership.WHOLE) {
                    return true;
                }
            }
            return false;
        }

        long extent(int d) {
            return Math.max(0, hi[d] - lo[d] + 1);
        }
    }

    /** The lowest index of the first axis. */
    long lowest() {
        return lo[0];
    }

    /** What is done with an index; the array is reused. */
    interface Visitor {
        void at(long[] index);
    }

    static IndexSet of(long[] lo, long[] hi, long[] spread, boolean periodic) {
        long[] ones = new long[lo.length];
        Arrays.fill(ones, 1);
        return derived(new Root(lo, hi, spread, periodic), lo, hi, ones);
    }

    static IndexSet local(long[] lo, long[] hi) {
        return of(lo, hi, new long[0], false);
    }

    static IndexSet range(long lo, long hi) {
        return local(new long[] {lo}, new long[] {hi});
    }

    /** From 0 with these extents. */
    static IndexSet extents(long... extents) {
        long[] hi = extents.clone();
        for (int d = 0; d < hi.length; d++) {
            if (extents[d] < 0) {
                throw new Trap(null, "negative extent " + extents[d] + " of axis " + d);
            }
            hi[d]--;
        }
        return local(new long[extents.length], hi);
    }

    private static IndexSet derived(Root root, long[] lo, long[] hi, long[] step) {
        long[] h = hi.clone();
        for (int d = 0; d < h.length; d++) {
            h[d] = h[d] < lo[d] ? lo[d] - 1 : h[d] - (h[d] - lo[d]) % step[d];
        }
        return new IndexSet(root, lo.clone(), h, step.clone());
    }

    int axes() {
        return lo.length;
    }

    long extent(int d) {
        return (hi[d] - lo[d] + step[d]) / step[d];
    }

    long size() {
        long n = 1;
        for (int d = 0; d < lo.length; d++) {
            if (extent(d) == 0) {
                return 0;
            }
        }
        for (int d = 0; d < lo.length; d++) {
            n = Math.multiplyExact(n, extent(d));
        }
        return n;
    }

    boolean distributed() {
        return root.distributed();
    }

    IndexSet inner(long k) {
        if (k < 0) {
            throw new Trap(null, "inner(" + k + "): the width must not be negative");
        }
        long[] l = lo.clone();
        long[] h = hi.clone();
        for (int d = 0; d < l.length; d++) {
            l[d] += k * step[d];
            h[d] -= k * step[d];
        }
        return derived(root, l, h, step);
    }

    IndexSet from(long... first) {
        long[] l = lo.clone();
        for (int d = 0; d < l.length; d++) {
            if (first[d] > l[d]) {
                l[d] += Math.ceilDiv(first[d] - l[d], step[d]) * step[d];
            }
        }
        return derived(root, l, hi, step);
    }

    /** Axis {@code d} as a set of its own; it is split if only that axis of the declaration is. */
    IndexSet axis(int d) {
        if (d < 0 || d >= lo.length) {
            throw new Trap(null, "axis " + d + " of a domain with " + lo.length + " axes");
        }
        long[] spread = root.distributed() && root.spread[d] != Ownership.WHOLE ? new long[] {root.spread[d]} : new long[0];
        Root own = new Root(new long[] {root.lo[d]}, new long[] {root.hi[d]}, spread, root.periodic);
        return derived(own, new long[] {lo[d]}, new long[] {hi[d]}, new long[] {step[d]});
    }

    IndexSet slice(int d, long low, long high) {
        if (low <= high && (low < lo[d] || high > root.hi[d] || high > hi[d] + step[d] - 1)) {
            throw new Trap(null, "slice " + low + ".." + high + " outside " + lo[d] + ".." + hi[d] + " of axis " + d);
        }
        long[] l = lo.clone();
        long[] h = hi.clone();
        l[d] = low <= high ? low + Math.floorMod(lo[d] - low, step[d]) : lo[d];
        h[d] = low <= high ? high : lo[d] - 1;
        return derived(root, l, h, step);
    }

    IndexSet by(long k) {
        if (k < 1) {
            throw new Trap(null, "by " + k + ": the stride must be at least 1");
        }
        long[] s = step.clone();
        for (int d = 0; d < s.length; d++) {
            s[d] *= k;
        }
        return derived(root, lo, hi, s);
    }

    boolean contains(long... index) {
        for (int d = 0; d < lo.length; d++) {
            if (index[d] < lo[d] || index[d] > hi[d] || (index[d] - lo[d]) % step[d] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Number of an index in row-major order, -1 outside. Periodic sets wrap. */
    int position(long... index) {
        long at = 0;
        for (int d = 0; d < lo.length; d++) {
            long i = index[d];
            if (root.periodic && extent(d) > 0) {
                i = lo[d] + Math.floorMod(i - lo[d], hi[d] - lo[d] + step[d]);
            }
            if (i < lo[d] || i > hi[d] || (i - lo[d]) % step[d] != 0) {
                return -1;
            }
            at = at * extent(d) + (i - lo[d]) / step[d];
        }
        return Math.toIntExact(at);
    }

    /** Why {@link #position} is -1. */
    String outside(long... index) {
        for (int d = 0; d < lo.length; d++) {
            if (!root.periodic && (index[d] < lo[d] || index[d] > hi[d])) {
                return "index " + index[d] + " outside " + lo[d] + ".." + hi[d] + " of axis " + d;
            }
        }
        return "index " + Arrays.toString(index) + " is not in " + this;
    }

    /** All indices in row-major order. */
    void forEach(Visitor visitor) {
        if (size() == 0) {
            return;
        }
        long[] index = lo.clone();
        while (true) {
            visitor.at(index);
            int d = lo.length - 1;
            while (d >= 0 && index[d] >= hi[d]) {
                index[d] = lo[d];
                d--;
            }
            if (d < 0) {
                return;
            }
            index[d] += step[d];
        }
    }

    boolean sameExtents(@Nullable IndexSet other) {
        if (other == null || axes() != other.axes()) {
            return false;
        }
        for (int d = 0; d < lo.length; d++) {
            if (extent(d) != other.extent(d)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both contain the same indices. */
    boolean sameSet(IndexSet other) {
        boolean same = sameExtents(other);
        for (int d = 0; same && d < lo.length; d++) {
            same = extent(d) == 0 || (lo[d] == other.lo[d] && (extent(d) == 1 || step[d] == other.step[d]));
        }
        return same;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int d = 0; d < lo.length; d++) {
            text.append(d == 0 ? "" : ", ").append(lo[d]).append("..").append(hi[d]);
            text.append(step[d] == 1 ? "" : " by " + step[d]);
        }
        return text.append(']').toString();
    }
}
