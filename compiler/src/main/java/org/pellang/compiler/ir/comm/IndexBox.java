package org.pellang.compiler.ir.comm;

import java.util.ArrayList;
import java.util.List;

/** A box of indices, one interval per axis; empty if one of them is. */
@SuppressWarnings("ArrayRecordComponent")
record IndexBox(long[] lo, long[] hi) {
    private static final int MOST_DISJOINT = 32;

    static IndexBox empty(int axes) {
        long[] hi = new long[axes];
        java.util.Arrays.fill(hi, -1);
        return new IndexBox(new long[axes], hi);
    }

    int axes() {
        return lo.length;
    }

    long extent(int d) {
        return Math.max(0, hi[d] - lo[d] + 1);
    }

    long size() {
        long size = 1;
        for (int d = 0; d < lo.length; d++) {
            size *= extent(d);
        }
        return size;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    IndexBox intersect(IndexBox other) {
        long[] from = new long[lo.length];
        long[] to = new long[lo.length];
        for (int d = 0; d < lo.length; d++) {
            from[d] = Math.max(lo[d], other.lo[d]);
            to[d] = Math.min(hi[d], other.hi[d]);
        }
        return new IndexBox(from, to);
    }

    /** The smallest box around both; an empty one does not count. */
    IndexBox hull(IndexBox other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        long[] from = new long[lo.length];
        long[] to = new long[lo.length];
        for (int d = 0; d < lo.length; d++) {
            from[d] = Math.min(lo[d], other.lo[d]);
            to[d] = Math.max(hi[d], other.hi[d]);
        }
        return new IndexBox(from, to);
    }

    boolean contains(IndexBox other) {
        return other.isEmpty() || intersect(other).size() == other.size();
    }

    /** The same with other ends on one axis. */
    IndexBox with(int d, long from, long to) {
        IndexBox other = new IndexBox(lo.clone(), hi.clone());
        other.lo[d] = from;
        other.hi[d] = to;
        return other;
    }

    /** Boxes that hold the same elements, each once, as the runtime cuts them; the box around them if it holds no others, or if they would be many. */
    static List<IndexBox> disjoint(List<IndexBox> boxes) {
        List<IndexBox> all = new ArrayList<>();
        for (IndexBox box : boxes) {
            List<IndexBox> rest = box.isEmpty() ? List.of() : List.of(box);
            for (IndexBox earlier : all) {
                rest = rest.stream().flatMap(r -> r.minus(earlier).stream()).toList();
            }
            all.addAll(rest);
        }
        if (all.isEmpty()) {
            return all;
        }
        IndexBox around = all.stream().reduce(IndexBox::hull).orElseThrow();
        boolean one = all.size() > MOST_DISJOINT || all.stream().mapToLong(IndexBox::size).sum() == around.size();
        return one ? List.of(around) : all;
    }

    private List<IndexBox> minus(IndexBox other) {
        if (intersect(other).isEmpty()) {
            return List.of(this);
        }
        List<IndexBox> out = new ArrayList<>();
        IndexBox rest = this;
        for (int d = 0; d < lo.length; d++) {
            if (rest.lo[d] < other.lo[d]) {
                out.add(rest.with(d, rest.lo[d], other.lo[d] - 1));
            }
            if (rest.hi[d] > other.hi[d]) {
                out.add(rest.with(d, other.hi[d] + 1, rest.hi[d]));
            }
            rest = rest.with(d, Math.max(rest.lo[d], other.lo[d]), Math.min(rest.hi[d], other.hi[d]));
        }
        return out;
    }
}
