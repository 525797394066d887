package org.pellang.compiler.ir.comm;

/** The distribution formula of docs/architecture.md for axes that are cut in blocks. */
final class Blocks {
    private final IndexBox whole;
    private final int[] grid;
    private final long[] unit;

    Blocks(IndexBox whole, boolean[] spread, int ranks) {
        this(whole, spread, ranks, leaf(whole.extent(whole.axes() - 1)));
    }

    /** With the leaf length that cuts of the last axis should respect. */
    Blocks(IndexBox whole, boolean[] spread, int ranks, long leaf) {
        this.whole = whole;
        this.grid = new int[spread.length];
        this.unit = new long[spread.length];
        int axes = 0;
        for (boolean s : spread) {
            axes += s ? 1 : 0;
        }
        int[] factors = factors(ranks, axes);
        int next = 0;
        for (int d = 0; d < grid.length; d++) {
            grid[d] = spread[d] ? factors[next++] : 1;
        }
        int last = grid.length - 1;
        for (int d = 0; d <= last; d++) {
            long respected = d == last ? leaf : grid[d] == ranks && ranks > 1 ? leaf(whole.extent(d)) : 1;
            unit[d] = whole.extent(d) / (2L * grid[d]) >= respected ? respected : 1;
        }
    }

    /** Leaf length of the reduction tree. */
    static long leaf(long n) {
        return n >= 4096 ? 256 : Math.clamp(Long.highestOneBit(Math.max(1, n / 16)), 16, 256);
    }

    /** {@code count} factors of {@code p}, near square, largest first. */
    static int[] factors(int p, int count) {
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

    /** What a rank owns. */
    IndexBox part(int rank) {
        long[] lo = new long[grid.length];
        long[] hi = new long[grid.length];
        int rest = rank;
        for (int d = grid.length - 1; d >= 0; d--) {
            int part = rest % grid[d];
            rest /= grid[d];
            lo[d] = cut(d, part);
            hi[d] = cut(d, part + 1) - 1;
        }
        return new IndexBox(lo, hi);
    }

    private long cut(int d, int part) {
        long lo = whole.lo()[d];
        long end = lo + whole.extent(d);
        if (part <= 0 || end == lo) {
            return lo;
        } else if (part >= grid[d]) {
            return end;
        }
        long first = Math.floorDiv(lo, unit[d]);
        long units = Math.floorDiv(end - 1, unit[d]) - first + 1;
        return Math.clamp((first + part * units / grid[d]) * unit[d], lo, end);
    }
}
