package org.pellang.runtime.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The indices of a domain that one rank owns: the product of one section per axis. With block distributions it is a box.
 *
 * @param axes one section per axis; treat as constant
 */
@SuppressWarnings("ArrayRecordComponent")
public record OwnedSet(Section[] axes) {
    /** A box of indices. */
    public static OwnedSet of(Box box) {
        Section[] axes = new Section[box.axes()];
        Arrays.setAll(axes, d -> Section.interval(box.lo()[d], box.hi()[d]));
        return new OwnedSet(axes);
    }

    public boolean isEmpty() {
        for (Section axis : axes) {
            if (axis.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a box. */
    public boolean isBox() {
        for (Section axis : axes) {
            if (!axis.isInterval()) {
                return false;
            }
        }
        return true;
    }

    /** The smallest box around it. */
    public Box box() {
        if (isEmpty()) {
            return Box.empty(axes.length);
        }
        long[] lo = new long[axes.length];
        long[] hi = new long[axes.length];
        for (int d = 0; d < lo.length; d++) {
            lo[d] = axes[d].lo();
            hi[d] = axes[d].hi();
        }
        return new Box(lo, hi);
    }

    public boolean contains(long... index) {
        for (int d = 0; d < axes.length; d++) {
            if (!axes[d].contains(index[d])) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of a box lies in one run of every axis; an empty box does. */
    public boolean contains(Box box) {
        if (box.isEmpty()) {
            return true;
        }
        for (int d = 0; d < axes.length; d++) {
            Section axis = axes[d];
            if (!axis.contains(box.lo()[d]) || box.hi()[d] > axis.last(axis.run(box.lo()[d]))) {
                return false;
            }
        }
        return true;
    }

    /** Number of indices within a box. */
    public long count(Box box) {
        long n = 1;
        for (int d = 0; d < axes.length; d++) {
            n = Math.multiplyExact(n, axes[d].count(box.lo()[d], box.hi()[d]));
        }
        return n;
    }

    /** Calls {@code action} for the rows of consecutive owned indices within {@code clip}, in row-major order. */
    public void forEachRow(Box clip, Rows.Action action) {
        for (int d = 0; d < axes.length; d++) {
            if (axes[d].count(clip.lo()[d], clip.hi()[d]) == 0) {
                return;
            }
        }
        rows(clip, 0, new long[axes.length], action);
    }

    private void rows(Box clip, int d, long[] index, Rows.Action action) {
        Section axis = axes[d];
        long low = clip.lo()[d];
        long high = clip.hi()[d];
        long end = axis.run(high);
        for (long run = axis.runFrom(low); run <= end; run++) {
            long from = Math.max(low, axis.first(run));
            long to = Math.min(high, axis.last(run));
            if (d == axes.length - 1) {
                index[d] = from;
                action.row(index, Math.toIntExact(to - from + 1));
                continue;
            }
            for (long i = from; i <= to; i++) {
                index[d] = i;
                rows(clip, d + 1, index, action);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OwnedSet o && Arrays.equals(axes, o.axes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(axes);
    }

    @Override
    public String toString() {
        return "OwnedSet" + Arrays.toString(axes);
    }
}
