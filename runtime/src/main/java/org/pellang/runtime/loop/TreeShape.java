package org.pellang.runtime.loop;

import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Partition;

/** Positions of a space's rows and leaves in the reduction tree, and how a rank's part falls into complete nodes. */
final class TreeShape {
    private final Domain space;
    private final int last;
    private final int leaf;

    TreeShape(Domain space) {
        this.space = space;
        this.last = space.axes() - 1;
        this.leaf = Partition.leaf(space.root().bounds().extent(last));
    }

    int leaf() {
        return leaf;
    }

    /** Position of index {@code i} on axis {@code d}: its leaf on the last axis, its row elsewhere. */
    long position(int d, long i) {
        return d == last ? Math.floorDiv(i, leaf) - Math.floorDiv(space.lo(d), leaf) : i - space.lo(d);
    }

    /** First index of a position, within the space's bounds. */
    long first(int d, long position) {
        long at = d == last ? (position + Math.floorDiv(space.lo(d), leaf)) * leaf : position + space.lo(d);
        return Math.max(at, space.lo(d));
    }

    /** Last index of a position, within the space's bounds. */
    long end(int d, long position) {
        return position >= position(d, space.hi(d)) ? space.hi(d) : first(d, position + 1) - 1;
    }

    /** The lowest index of the space on axis {@code d} that is at least {@code i}. */
    long atLeast(int d, long i) {
        long step = space.step(d);
        return step == 1 || i <= space.lo(d) ? Math.max(i, space.lo(d)) : space.lo(d) + (i - space.lo(d) + step - 1) / step * step;
    }

    /** The highest index of the space on axis {@code d} that is at most {@code i}. */
    long atMost(int d, long i) {
        long high = Math.min(i, space.hi(d));
        return high - Math.floorMod(high - space.lo(d), space.step(d));
    }

    /** Whether the space has an index on axis {@code d} in {@code from..to}. */
    boolean any(int d, long from, long to) {
        return atLeast(d, from) <= to;
    }

    /** Number of levels above position {@code x} such that the node that begins there ends at or before position {@code end}. */
    int level(int d, long x, long end) {
        long top = position(d, space.hi(d));
        int level = 0;
        while (level < 62) {
            long size = 2L << level;
            if ((x & (size - 1)) != 0 || Math.min(x + size - 1, top) > end || (x == 0 && size > 2 * (top + 1))) {
                break;
            }
            level++;
        }
        return level;
    }

    /** The outermost axis below which every non-empty part has the whole space: fragments are nodes on this axis. */
    int splitAxis(Parts parts) {
        for (int d = last; d > 0; d--) {
            for (int r = 0; r < parts.ranks(); r++) {
                if (!parts.nothing(r) && !parts.cuts(r, d).whole()) {
                    return d;
                }
            }
        }
        return 0;
    }
}
