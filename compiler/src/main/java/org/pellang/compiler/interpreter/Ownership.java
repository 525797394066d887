package org.pellang.compiler.interpreter;

import java.util.Arrays;

/** The distribution formula of docs/architecture.md: which rank owns an index. */
final class Ownership {
    private final long[] lo;
    private final long[] extent;
    private final long[] unit;
    private final int[] grid;

    private Ownership(long[] lo, long[] hi, boolean[] block, int ranks, long leaf) {
        this.lo = lo;
        this.extent = new long[lo.length];
        this.unit = new long[lo.length];
        this.grid = grid(block, ranks);
        for (int d = 0; d < lo.length; d++) {
            extent[d] = Math.max(0, hi[d] - lo[d] + 1);
            unit[d] = d == lo.length - 1 && extent[d] >= 2 * grid[d] * leaf ? leaf : 1;
        }
    }

    /** Owners of the iterations of a loop over this set. */
    static Ownership of(IndexSet space, int ranks) {
        IndexSet.Root root = space.root();
        int last = space.axes() - 1;
        long leaf = ReductionTree.leaf(root.extent(last));
        if (root.distributed()) {
            return new Ownership(root.lo(), root.hi(), root.block(), ranks, leaf);
        }
        boolean[] block = new boolean[space.axes()];
        block[0] = true;
        if (space.hi()[0] - space.lo()[0] + 1 < ranks) {
            Arrays.fill(block, true);
        }
        return new Ownership(space.lo(), space.hi(), block, ranks, leaf);
    }

    /** Near-square: the largest factor is as small as it can be, larger factors first. */
    private static int[] grid(boolean[] block, int ranks) {
        int blocks = 0;
        for (boolean b : block) {
            blocks += b ? 1 : 0;
        }
        int[] factors = factors(ranks, blocks);
        int[] grid = new int[block.length];
        int next = 0;
        for (int d = 0; d < grid.length; d++) {
            grid[d] = block[d] ? factors[next++] : 1;
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
            int part = grid[d] - 1;
            while (part > 0 && cut(d, part) > index[d]) {
                part--;
            }
            rank = rank * grid[d] + part;
        }
        return rank;
    }
}
