package org.pellang.runtime.array;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all domains derived from one declaration share on one rank: bounds, distribution, ghost widths of its arrays, and the exchange plans that
 * were worked out for them. Not thread-safe: it belongs to its rank.
 */
public final class Root {
    /** More plans than loops of a usual program; beyond it (subscripts that change at every call) start again. */
    private static final int PLANS = 256;

    private final @Nullable Partition partition;
    private final Box bounds;
    private final boolean periodic;
    private final int rank;
    private final long[] below;
    private final long[] above;
    private final Map<Object, Object> plans = new HashMap<>();
    private final @Nullable Domain[] axes;
    private final @Nullable OwnedSet[] owned;
    private final boolean scattered;
    /** Made at the first array: a range may be longer than any array. */
    private @Nullable Layout layout;

    Root(@Nullable Partition partition, Box bounds, boolean periodic, int rank) {
        this.partition = partition;
        this.bounds = bounds;
        this.periodic = periodic;
        this.rank = rank;
        this.below = new long[bounds.axes()];
        this.above = new long[bounds.axes()];
        this.axes = new Domain[bounds.axes()];
        this.owned = new OwnedSet[partition == null ? 1 : partition.ranks()];
        this.scattered = partition != null && partition.scattered();
    }

    /** The distribution, or null if every rank has everything. */
    public @Nullable Partition partition() {
        return partition;
    }

    /** All indices of the declaration. */
    public Box bounds() {
        return bounds;
    }

    public boolean periodic() {
        return periodic;
    }

    /** This rank. */
    public int rank() {
        return rank;
    }

    /** The smallest box around what {@code r} owns of the declaration; exactly that unless {@link #scattered}. */
    public Box part(int r) {
        return partition == null ? bounds : owned(r).box();
    }

    /** What {@code r} owns of the declaration. */
    public OwnedSet owned(int r) {
        OwnedSet known = owned[r < owned.length ? r : 0];
        if (known == null) {
            known = partition == null ? OwnedSet.of(bounds) : partition.owned(r);
            owned[r < owned.length ? r : 0] = known;
        }
        return known;
    }

    /** Whether what a rank owns may be no box. */
    public boolean scattered() {
        return scattered;
    }

    /** The layout that new arrays get. */
    public Layout layout() {
        Layout known = layout;
        if (known == null) {
            known = scattered ? Layout.packed(owned(rank)) : Layout.of(part(rank), below, above);
            layout = known;
        }
        return known;
    }

    /** Ghost widths at the low side, per axis. */
    public long[] below() {
        return below;
    }

    /** Ghost widths at the high side, per axis. */
    public long[] above() {
        return above;
    }

    /** Widens the ghost cells of the layout to at least these widths per axis; returns whether that changed it. The same on all ranks. */
    public boolean widen(long[] low, long[] high) {
        boolean changed = false;
        for (int d = 0; d < below.length; d++) {
            if (low[d] > below[d]) {
                below[d] = low[d];
                changed = true;
            }
            if (high[d] > above[d]) {
                above[d] = high[d];
                changed = true;
            }
        }
        if (changed) {
            layout = null;
        }
        return changed;
    }

    /** Something worked out once for {@code key}, or null. */
    public @Nullable Object plan(Object key) {
        return plans.get(key);
    }

    /** Remembers what was worked out. */
    public void keepPlan(Object key, Object plan) {
        if (plans.size() >= PLANS) {
            plans.clear();
        }
        plans.put(key, plan);
    }

    /** The 1-D domain of one axis; one per root, so that arrays over it are aligned with each other. */
    Domain axis(int d) {
        Domain known = axes[d];
        if (known == null) {
            known = makeAxis(d);
            axes[d] = known;
        }
        return known;
    }

    private Domain makeAxis(int d) {
        Box line = Box.of(bounds.lo()[d], bounds.hi()[d]);
        return new Domain(new Root(partition == null || !partition.isSpread(d) ? null : partition.axis(d), line, periodic, rank));
    }

    /** Whether the owned boxes are the same as those of {@code other} on every rank. */
    public boolean sameParts(Root other) {
        if (this == other) {
            return true;
        }
        if (!bounds.equals(other.bounds)) {
            return false;
        }
        if (partition == null || other.partition == null) {
            return partition == other.partition;
        }
        return Arrays.equals(partition.grid(), other.partition.grid()) && partition.sameUnits(other.partition);
    }
}
