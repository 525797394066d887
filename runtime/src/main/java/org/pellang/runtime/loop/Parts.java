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
    private @Nullable Root ownedRoot;
    private boolean owned;

    private Parts(Domain space, int ranks) {
        this.space = space;
        this.ranks = ranks;
        this.boxes = new Box[ranks];
        Partition given = space.root().partition();
        this.partition = given != null ? given : divide(space, ranks);
    }

    static Parts of(Domain space, int ranks) {
        if (space.loopParts() instanceof Parts known && known.ranks == ranks) {
            return known;
        }
        Parts parts = new Parts(space, ranks);
        space.keepLoopParts(parts);
        return parts;
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

    /** Lowest and highest iteration of {@code rank}. */
    Box box(int rank) {
        Box known = boxes[rank];
        if (known == null) {
            known = space.fit(partition.part(rank));
            boxes[rank] = known;
        }
        return known;
    }

    /** The part of the bounding box that {@code rank} is responsible for; these cover it without gaps, whatever the strides. */
    Box cover(int rank) {
        return partition.part(rank).intersect(space.box());
    }

    /** Whether every rank's iterations are indices that it owns in {@code root}. */
    boolean ownedIn(Root root) {
        if (root == space.root() && root.partition() != null) {
            return true;
        }
        if (root != ownedRoot) {
            owned = root.bounds().axes() == space.axes();
            for (int r = 0; owned && r < ranks; r++) {
                owned = root.part(r).contains(box(r));
            }
            ownedRoot = root;
        }
        return owned;
    }
}
