package org.pellang.compiler.interpreter;

import java.util.Arrays;
import org.pellang.compiler.sema.type.Distribution;

/** The distribution formula of docs/architecture.md: which rank owns an index. Each axis has a spread: whole, in contiguous blocks, or dealt out. */
final class Ownership {
    /** Every rank has the whole axis. */
    static final long WHOLE = 0;
    /** Contiguous parts; a positive spread deals out blocks of that length in turn. */
    static final long BLOCK = -1;

    private final long[] lo;
    private final long[] extent;
    private final long[] unit;
    private final int[] grid;
    private final long[] spread;

    private Ownership(long[] lo, long[] hi, long[] spread, int ranks, long leaf) {
        this.lo = lo;
        this.spread = spread;
        this.extent = new long[lo.length];
        this.unit = new long[lo.length];
        this.grid = grid(spread, ranks);
        for (int d = 0; d < lo.length; d++) {
            extent[d] = Math.max(0, hi[d] - lo[d] + 1);
            // Rows are cut where a line of as many indices is.
            long respected = d == lo.length - 1 ? leaf : grid[d] == ranks && ranks > 1 ? ReductionTree.leaf(extent[d]) : 1;
            unit[d] = extent[d] >= 2 * grid[d] * respected ? respected : 1;
        }
    }

    /** Owners of the iterations of a loop over this set. */
    static Ownership of(IndexSet space, int ranks) {
        IndexSet.Root root = space.root();
        int last = space.axes() - 1;
        long leaf = ReductionTree.leaf(root.extent(last));
        if (root.distributed()) {
            return new Ownership(root.lo(), root.hi(), root.spread(), ranks, leaf);
        }
        long[] spread = new long[space.axes()];
        spread[0] = BLOCK;
        if (space.hi()[0] - space.lo()[0] + 1 < ranks) {
            Arrays.fill(spread, BLOCK);
        }
        return new Ownership(space.lo(), space.hi(), spread, ranks, leaf);
    }

    /** The spread of an axis: blocks are counted in indices of the set, which has this stride. */
    static long spread(Distribution.Kind kind, long block, long step) {
        if (kind == Distribution.Kind.BLOCKCYCLIC && block < 1) {
            throw new Trap(null, "blockcyclic(" + block + "): a block has at least one index");
        }
        return switch (kind) {
            case WHOLE -> WHOLE;
            case BLOCK -> BLOCK;
            case CYCLIC -> step;
            case BLOCKCYCLIC -> Math.multiplyExact(block, step);
        };
    }

    /** Near-square: the largest factor is as small as it can be, larger factors first. */
    private static int[] grid(long[] spread, int ranks) {
        int blocks = 0;
        for (long s : spread) {
            blocks += s != WHOLE ? 1 : 0;
        }
        int[] factors = factors(ranks, blocks);
        int[] grid = new int[spread.length];
        int next = 0;
        for (int d = 0; d < grid.length; d++) {
            grid[d] = spread[d] != WHOLE ? factors[next++] : 1;
        }
        return grid;
    }

    private static int[] factors(int p, int count) {
        if (count <= 1) {
            return count == 0 ? new int[0] : new int[] {p};
        }
        for (int first = 1; ; first++) {
            if (p % first == 0) {
                int[] rest = factors(p / first, count - 1);
                if (rest[0] <= first) {
                    int[] all = new int[count];
                    all[0] = first;
                    System.arraycopy(rest, 0, all, 1, count - 1);
                    return all;
                }
            }
        }
    }

    private long cut(int d, int part) {
        long end = lo[d] + extent[d];
        if (part <= 0 || extent[d] == 0) {
            return lo[d];
        } else if (part >= grid[d]) {
            return end;
        }
        long first = Math.floorDiv(lo[d], unit[d]);
        long units = Math.floorDiv(end - 1, unit[d]) - first + 1;
        return Math.clamp((first + part * units / grid[d]) * unit[d], lo[d], end);
    }

    int owner(long... index) {
        int rank = 0;
        for (int d = 0; d < grid.length; d++) {
            int part = spread[d] > 0 ? (int) ((index[d] - lo[d]) / spread[d] % grid[d]) : grid[d] - 1;
            while (spread[d] <= 0 && part > 0 && cut(d, part) > index[d]) {
                part--;
            }
            rank = rank * grid[d] + part;
        }
        return rank;
    }
}
