package org.pellang.runtime.array;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;

/**
 * An index set of 1-3 axes: per axis bounds (inclusive) and a stride. Distributed over the ranks or known to each as a whole. Derived sets
 * ({@link #inner}, {@link #from}, {@link #slice}, {@link #by}) keep the distribution of the declaration, so their loops are aligned with its arrays.
 */
public final class Domain {
    private final Root root;
    private final long[] lo;
    private final long[] hi;
    private final long[] step;
    private @Nullable Object loopParts;

    Domain(Root root) {
        this(root, root.bounds().lo(), root.bounds().hi(), ones(root.bounds().axes()));
    }

    private Domain(Root root, long[] lo, long[] hi, long[] step) {
        this.root = root;
        this.lo = lo;
        this.hi = hi.clone();
        this.step = step;
        for (int d = 0; d < lo.length; d++) {
            this.hi[d] = hi[d] < lo[d] ? lo[d] - 1 : hi[d] - (hi[d] - lo[d]) % step[d];
        }
    }

    private static long[] ones(int n) {
        long[] ones = new long[n];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    /** An undistributed domain: every rank has all of it. Bounds inclusive; {@code hi < lo} is an empty axis. */
    public static Domain local(long[] lo, long[] hi) {
        return new Domain(new Root(null, new Box(lo.clone(), hi.clone()), false, 0));
    }

    /** An undistributed domain whose subscripts wrap. */
    public static Domain localPeriodic(long[] lo, long[] hi) {
        return new Domain(new Root(null, new Box(lo.clone(), hi.clone()), true, 0));
    }

    /** A plain range {@code lo..hi}. */
    public static Domain range(long lo, long hi) {
        return new Domain(new Root(null, Box.of(lo, hi), false, 0));
    }

    /** An undistributed domain from 0 with these extents; negative extents trap. */
    public static Domain extents(long... extents) {
        long[] hi = new long[extents.length];
        for (int d = 0; d < hi.length; d++) {
            if (extents[d] < 0) {
                throw new PelTrap("negative extent " + extents[d] + " of axis " + d);
            }
            hi[d] = extents[d] - 1;
        }
        return local(new long[extents.length], hi);
    }

    /** A domain distributed over the world of {@code rank}; see {@link Partition} for the parts. */
    public static Domain distributed(Rank rank, long[] lo, long[] hi, DimDist[] dist, boolean periodic) {
        return distributed(rank.rank(), rank.size(), lo, hi, dist, periodic);
    }

    /** As the other one, for a rank number and a number of ranks. */
    public static Domain distributed(int rank, int ranks, long[] lo, long[] hi, DimDist[] dist, boolean periodic) {
        Box bounds = new Box(lo.clone(), hi.clone());
        boolean split = false;
        for (DimDist kind : dist) {
            split |= kind.spread();
        }
        Partition partition = split ? new Partition(bounds, dist, ranks) : null;
        return new Domain(new Root(partition, bounds, periodic, rank));
    }

    public int axes() {
        return lo.length;
    }

    public long lo(int d) {
        return lo[d];
    }

    /** Highest index of the set on this axis; {@code lo - 1} if the axis is empty. */
    public long hi(int d) {
        return hi[d];
    }

    public long step(int d) {
        return step[d];
    }

    /** Number of indices on this axis. */
    public long extent(int d) {
        return (hi[d] - lo[d] + step[d]) / step[d];
    }

    /** Number of indices of the set; traps beyond 64 bits. */
    public long size() {
        long n = 1;
        for (int d = 0; d < lo.length; d++) {
            if (extent(d) == 0) {
                return 0;
            }
        }
        for (int d = 0; d < lo.length; d++) {
            try {
                n = Math.multiplyExact(n, extent(d));
            } catch (ArithmeticException e) {
                throw new PelTrap("the domain " + this + " has more than 2**63 indices", e);
            }
        }
        return n;
    }

    public boolean isDistributed() {
        return root.partition() != null;
    }

    public boolean periodic() {
        return root.periodic();
    }

    /** What this set shares with those derived from the same declaration. */
    public Root root() {
        return root;
    }

    /** Without {@code k} indices at both ends of every axis; a negative {@code k} traps. */
    public Domain inner(long k) {
        if (k < 0) {
            throw new PelTrap("inner(" + k + "): the width must not be negative");
        }
        long[] l = lo.clone();
        long[] h = hi.clone();
        for (int d = 0; d < l.length; d++) {
            l[d] += k * step[d];
            h[d] -= k * step[d];
        }
        return new Domain(root, l, h, step);
    }

    /** The indices that are at least {@code first[d]} on every axis. */
    public Domain from(long... first) {
        long[] l = lo.clone();
        for (int d = 0; d < l.length; d++) {
            if (first[d] > l[d]) {
                l[d] += (first[d] - l[d] + step[d] - 1) / step[d] * step[d];
            }
        }
        return new Domain(root, l, hi, step);
    }

    /** Axis {@code d} of the declaration as a 1-D domain: aligned with it where that axis alone is split, else a block domain of its own. */
    public Domain axis(int d) {
        if (d < 0 || d >= lo.length) {
            throw new PelTrap("axis " + d + " of a domain with " + lo.length + " axes");
        }
        Domain all = root.axis(d);
        boolean whole = lo[d] == root.bounds().lo()[d] && hi[d] == Math.max(root.bounds().hi()[d], lo[d] - 1) && step[d] == 1;
        return whole ? all : new Domain(all.root, new long[] {lo[d]}, new long[] {hi[d]}, new long[] {step[d]});
    }

    /** Indices {@code low..high} of axis {@code d}; traps if a non-empty slice leaves the bounds. */
    public Domain slice(int d, long low, long high) {
        if (low <= high && (low < lo[d] || high > root.bounds().hi()[d] || high > hi[d] + step[d] - 1)) {
            throw new PelTrap("slice " + low + ".." + high + " outside " + lo[d] + ".." + hi[d] + " of axis " + d);
        }
        long[] l = lo.clone();
        long[] h = hi.clone();
        l[d] = low <= high ? low + Math.floorMod(lo[d] - low, step[d]) : lo[d];
        h[d] = low <= high ? high : lo[d] - 1;
        return new Domain(root, l, h, step);
    }

    /** Every {@code k}-th index of axis {@code d}, from its lowest; {@code k < 1} traps. */
    public Domain by(int d, long k) {
        if (k < 1) {
            throw new PelTrap("by " + k + ": the stride must be at least 1");
        }
        long[] s = step.clone();
        s[d] = Math.multiplyExact(s[d], k);
        return new Domain(root, lo, hi, s);
    }

    /** The bounding box of the set. */
    public Box box() {
        return new Box(lo, hi);
    }

    /** This rank's part of the set; see {@link #owned(int)}. */
    public Box owned() {
        return owned(root.rank());
    }

    /** Indices that are dealt out together on a cyclic axis; 1 on others. */
    public long block(int d) {
        Partition partition = root.partition();
        return partition == null ? 1 : partition.block(d);
    }

    /** Rows of consecutive indices within the bounding box (the strides apply within) that {@code rank} owns and stores one after the other. */
    public Region region(int rank) {
        return Region.of(box(), root.owned(rank));
    }

    /** {@link #region(int)} of this rank. */
    public Region region() {
        return region(root.rank());
    }

    /**
     * The part of {@code rank}: its lowest and highest index of the set (the strides apply within, and what it owns need not be all of it: see
     * {@link Root#owned}). Undistributed: the whole set.
     */
    public Box owned(int rank) {
        return fit(root.part(rank));
    }

    /** The box of the lowest to the highest index of this set within {@code part}. */
    public Box fit(Box part) {
        long[] l = new long[lo.length];
        long[] h = new long[lo.length];
        for (int d = 0; d < l.length; d++) {
            long low = Math.max(lo[d], part.lo()[d]);
            long high = Math.min(hi[d], part.hi()[d]);
            l[d] = lo[d] + (low - lo[d] + step[d] - 1) / step[d] * step[d];
            h[d] = high < low ? l[d] - 1 : high - (high - lo[d]) % step[d];
            h[d] = Math.max(h[d], l[d] - 1);
        }
        return new Box(l, h);
    }

    /** Whether the set has this index. */
    public boolean contains(long... index) {
        for (int d = 0; d < lo.length; d++) {
            if (index[d] < lo[d] || index[d] > hi[d] || (index[d] - lo[d]) % step[d] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether both have the same indices, whatever their distribution. */
    public boolean sameSet(Domain other) {
        if (axes() != other.axes()) {
            return false;
        }
        for (int d = 0; d < lo.length; d++) {
            if (extent(d) != other.extent(d) || (extent(d) > 0 && lo[d] != other.lo[d]) || (extent(d) > 1 && step[d] != other.step[d])) {
                return false;
            }
        }
        return true;
    }

    /** {@link #sameSet}: equality of PEL. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Domain domain && sameSet(domain);
    }

    @Override
    public int hashCode() {
        int hash = axes();
        for (int d = 0; d < lo.length; d++) {
            hash = 31 * (31 * hash + Long.hashCode(extent(d))) + (extent(d) > 0 ? Long.hashCode(lo[d]) : 0);
        }
        return hash;
    }

    /** Position of an index in row-major order over the bounding box; the number that argmin and argmax give. */
    public long linear(long i, long j, long k) {
        return switch (lo.length) {
            case 1 -> i - lo[0];
            case 2 -> (i - lo[0]) * width(1) + (j - lo[1]);
            default -> ((i - lo[0]) * width(1) + (j - lo[1])) * width(2) + (k - lo[2]);
        };
    }

    /** Index on axis {@code d} of a {@link #linear} position. */
    public long index(long linear, int d) {
        long rest = linear;
        for (int e = lo.length - 1; e > d; e--) {
            rest = Math.floorDiv(rest, width(e));
        }
        return lo[d] + (d == 0 ? rest : Math.floorMod(rest, width(d)));
    }

    private long width(int d) {
        return hi[d] - lo[d] + 1;
    }

    /** For parallel loops: what was worked out for this set, or null. */
    public @Nullable Object loopParts() {
        return loopParts;
    }

    /** For parallel loops: remembers what was worked out. */
    public void keepLoopParts(Object parts) {
        loopParts = parts;
    }

    /** As PEL prints it: {@code [0..9, 0..4 by 2]}. */
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
