package org.pellang.runtime.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.DimDist;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Partition;
import org.pellang.runtime.array.Root;

/** Which part of an iteration space each rank runs; worked out once per domain and kept with it. */
final class Parts {
    private final Domain space;
    private final int ranks;
    private final Partition partition;
    private final @Nullable Box[] boxes;
    private final @Nullable Cuts[][] cuts;
    private @Nullable Root ownedRoot;
    private boolean owned;

    private final boolean anywhere;

    private Parts(Domain space, int ranks, Partition partition, boolean anywhere) {
        this.space = space;
        this.ranks = ranks;
        this.boxes = new Box[ranks];
        this.cuts = new Cuts[ranks][space.axes()];
        this.partition = partition;
        this.anywhere = anywhere;
    }

    static Parts of(Domain space, int ranks) {
        if (space.loopParts() instanceof Parts known && known.ranks == ranks) {
            return known;
        }
        Partition given = space.root().partition();
        Parts parts = new Parts(space, ranks, given != null ? given : divide(space, ranks), false);
        space.keepLoopParts(parts);
        return parts;
    }

    /** As {@link #of}, but what a rank runs is one box: a space that is dealt out in many pieces is divided anew, in blocks. */
    static Parts boxes(Domain space, int ranks) {
        Parts given = of(space, ranks);
        return given.scattered() ? new Parts(space, ranks, divide(space, ranks), false) : given;
    }

    /** Rank 0 runs everything. */
    static Parts onOne(Domain space, int ranks) {
        return new Parts(space, ranks, whole(space, ranks), false);
    }

    /** Every rank may run everything. */
    static Parts anywhere(Domain space, int ranks) {
        return new Parts(space, ranks, whole(space, ranks), ranks > 1);
    }

    private static Partition whole(Domain space, int ranks) {
        DimDist[] dist = new DimDist[space.axes()];
        Arrays.fill(dist, DimDist.WHOLE);
        return new Partition(space.box(), dist, ranks, 1);
    }

    /** Rows first, so that no reduction leaf is cut; a grid over all axes if there are fewer rows than ranks. */
    private static Partition divide(Domain space, int ranks) {
        Box box = space.box();
        DimDist[] dist = new DimDist[box.axes()];
        Arrays.fill(dist, DimDist.WHOLE);
        dist[0] = DimDist.BLOCK;
        if (box.extent(0) < ranks) {
            Arrays.fill(dist, DimDist.BLOCK);
        }
        int last = box.axes() - 1;
        return new Partition(box, dist, ranks, Partition.leaf(space.root().bounds().extent(last)));
    }

    int ranks() {
        return ranks;
    }

    /** Whether what a rank runs may be several boxes: the product of several runs per axis. */
    boolean scattered() {
        return partition.scattered();
    }

    /** The runs of axis {@code d} that {@code rank} is responsible for, cut at the ends of the space, whatever the strides. */
    Cuts cuts(int rank, int d) {
        Cuts known = cuts[rank][d];
        if (known == null) {
            known = new Cuts(partition.owned(rank).axes()[d], space.lo(d), space.hi(d));
            cuts[rank][d] = known;
        }
        return known;
    }

    /** Whether {@code rank} is responsible for no index at all. */
    boolean nothing(int rank) {
        for (int d = 0; d < space.axes(); d++) {
            if (cuts(rank, d).count() == 0) {
                return true;
            }
        }
        return false;
    }

    /** The part of the bounding box that {@code rank} is responsible for, whatever the strides; unless the space is {@link #scattered}. */
    Box cover(int rank) {
        return partition.part(rank).intersect(space.box());
    }

    /** Number of boxes that {@code rank} runs; 1 unless {@link #scattered}. Boxes between the strides may be empty. */
    long runs(int rank) {
        if (!scattered()) {
            return 1;
        }
        long n = 1;
        for (int d = 0; d < space.axes(); d++) {
            n = Math.multiplyExact(n, cuts(rank, d).count());
        }
        return n;
    }

    /** Box number {@code k} of {@code rank}: lowest to highest iteration. The last axis changes fastest. */
    Box run(int rank, long k) {
        if (!scattered()) {
            return box(rank);
        }
        long[] lo = new long[space.axes()];
        long[] hi = new long[space.axes()];
        long rest = k;
        for (int d = lo.length - 1; d >= 0; d--) {
            Cuts axis = cuts(rank, d);
            long at = rest % axis.count();
            rest /= axis.count();
            lo[d] = axis.lo(at);
            hi[d] = axis.hi(at);
        }
        return space.fit(new Box(lo, hi));
    }

    /** Number of the box of {@code rank} that has this index. */
    long runOf(int rank, long[] index) {
        long k = 0;
        for (int d = 0; d < space.axes(); d++) {
            Cuts axis = cuts(rank, d);
            k = k * axis.count() + axis.at(index[d]);
        }
        return k;
    }

    /** Lowest and highest iteration of {@code rank}; between them other ranks may have some if the space is {@link #scattered}. */
    Box box(int rank) {
        Box known = boxes[rank];
        if (known == null) {
            known = anywhere ? space.box() : space.fit(partition.part(rank));
            boxes[rank] = known;
        }
        return known;
    }

    /** Whether every rank's iterations are indices that it owns in {@code root}. */
    boolean ownedIn(Root root) {
        if (root == space.root() && root.partition() == partition) {
            return true;
        }
        if (root != ownedRoot) {
            owned = root.bounds().axes() == space.axes();
            for (int r = 0; owned && r < ranks; r++) {
                owned = scattered() ? root.sameParts(space.root()) : root.owned(r).contains(box(r));
            }
            ownedRoot = root;
        }
        return owned;
    }
}
