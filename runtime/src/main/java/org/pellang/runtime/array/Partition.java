package org.pellang.runtime.array;

import java.util.Arrays;

/**
 * The distribution formula: which part of a box of indices each rank owns. A pure function of bounds, kinds of axes and number of ranks.
 *
 * <p>Source: {@code docs/architecture.md}, section Distribution.
 */
public final class Partition {
    private final Box whole;
    private final int ranks;
    private final int[] grid;
    private final long[] unit;
    /** Indices that are dealt out together on a cyclic axis; 0 on the others. */
    private final long[] deal;
    /** Axes that were declared to be spread, a bit each; there may be fewer ranks than such axes. */
    private final int spread;

    private Partition(Box whole, int ranks, int[] grid, long[] unit, long[] deal, int spread) {
        this.whole = whole;
        this.ranks = ranks;
        this.grid = grid;
        this.unit = unit;
        this.deal = deal;
        this.spread = spread;
    }

    /**
     * A partition over the near-square grid for these axes.
     *
     * @param whole all indices, possibly empty
     * @param dist kind of each axis, at least one of them spread (or one rank)
     * @param ranks number of ranks, at least 1
     */
    public Partition(Box whole, DimDist[] dist, int ranks) {
        this(whole, dist, ranks, leaf(whole.extent(whole.axes() - 1)));
    }

    /** As the other one, with the leaf length that cuts of the last axis should respect. */
    public Partition(Box whole, DimDist[] dist, int ranks, int leaf) {
        this(whole, ranks, gridFor(dist, ranks), new long[whole.axes()], new long[whole.axes()], spread(dist));
        Arrays.fill(unit, 1);
        Arrays.setAll(deal, d -> dist[d].kind() == DimDist.Kind.CYCLIC ? dist[d].block() : 0);
        int last = grid.length - 1;
        respect(last, leaf);
        for (int d = 0; d < last; d++) {
            if (grid[d] == ranks && ranks > 1) {
                // Rows are cut where a line of as many indices is, so that vectors lie beside the rows of their matrix.
                respect(d, leaf(whole.extent(d)));
            }
        }
    }

    private static int spread(DimDist[] dist) {
        int bits = 0;
        for (int d = 0; d < dist.length; d++) {
            bits |= dist[d].spread() ? 1 << d : 0;
        }
        return bits;
    }

    private void respect(int d, int leaf) {
        if (whole.extent(d) / (2L * grid[d]) >= leaf) {
            unit[d] = leaf;
        }
    }

    /** Leaf length of the reduction tree for an axis of extent {@code n}: 256 from 4096 on, else a power of two near n/16, 16 to 256. */
    public static int leaf(long n) {
        if (n >= 4096) {
            return 256;
        }
        return Math.clamp(Long.highestOneBit(Math.max(1, n / 16)), 16, 256);
    }

    /** The process grid: factors of {@code ranks} over the spread axes, near square, larger first; 1 on whole axes. */
    static int[] gridFor(DimDist[] dist, int ranks) {
        int blocks = 0;
        for (DimDist kind : dist) {
            blocks += kind.spread() ? 1 : 0;
        }
        int[] factors = factors(ranks, blocks);
        int[] grid = new int[dist.length];
        int next = 0;
        for (int d = 0; d < grid.length; d++) {
            grid[d] = dist[d].spread() ? factors[next++] : 1;
        }
        return grid;
    }

    /** {@code count} factors of {@code p}, largest first, with the smallest possible largest factor (then the smallest second). */
    static int[] factors(int p, int count) {
        if (count == 0) {
            return new int[0];
        }
        if (count == 1) {
            return new int[] {p};
        }
        int[] best = new int[0];
        for (int first = 1; first <= p; first++) {
            if (p % first != 0) {
                continue;
            }
            int[] rest = factors(p / first, count - 1);
            if (rest[0] <= first) {
                best = new int[count];
                best[0] = first;
                System.arraycopy(rest, 0, best, 1, count - 1);
                break;
            }
        }
        return best;
    }

    /** Whether an axis was declared to be spread over ranks. */
    boolean isSpread(int d) {
        return (spread >> d & 1) != 0;
    }

    /**
     * The partition of one spread axis by itself: that of this one if no other axis is split. Of several no single axis is both aligned and balanced: it gets a
     * block partition of its own, as the type says.
     */
    Partition axis(int d) {
        Box line = Box.of(whole.lo()[d], whole.hi()[d]);
        return Integer.bitCount(spread) == 1 || (grid[d] == ranks && deal[d] == 0)
                ? new Partition(line, ranks, new int[] {grid[d]}, new long[] {unit[d]}, new long[] {deal[d]}, 1)
                : new Partition(line, new DimDist[] {DimDist.BLOCK}, ranks);
    }

    boolean sameUnits(Partition other) {
        return ranks == other.ranks && Arrays.equals(unit, other.unit) && Arrays.equals(deal, other.deal);
    }

    public Box whole() {
        return whole;
    }

    /** Number of ranks. */
    public int ranks() {
        return ranks;
    }

    /** Ranks along each axis. Ranks beyond the grid's size own nothing. */
    public int[] grid() {
        return grid;
    }

    /** Whether some axis is dealt out in blocks, so that what a rank owns may be no box. */
    public boolean scattered() {
        for (int d = 0; d < grid.length; d++) {
            if (deals(d)) {
                return true;
            }
        }
        return false;
    }

    /** Indices that are dealt out together on a cyclic axis; 1 on others. */
    long block(int d) {
        return Math.max(1, deal[d]);
    }

    private boolean deals(int d) {
        return deal[d] > 0 && grid[d] > 1;
    }

    /** The smallest box around what {@code rank} owns; exactly that unless {@link #scattered}. Ranks are numbered row-major over the grid. */
    public Box part(int rank) {
        return owned(rank).box();
    }

    /** What {@code rank} owns. */
    public OwnedSet owned(int rank) {
        int[] at = new int[grid.length];
        int rest = rank;
        for (int d = grid.length - 1; d >= 0; d--) {
            at[d] = rest % grid[d];
            rest /= grid[d];
        }
        Section[] axes = new Section[grid.length];
        for (int d = 0; d < grid.length; d++) {
            axes[d] = rest > 0 ? Section.interval(0, -1) : deals(d) ? dealt(d, at[d]) : Section.interval(cut(d, at[d]), cut(d, at[d] + 1) - 1);
        }
        return new OwnedSet(axes);
    }

    /** Every {@code grid}-th block, counted from the lowest index. */
    private Section dealt(int d, int r) {
        long lo = whole.lo()[d] + r * deal[d];
        long hi = whole.lo()[d] + whole.extent(d) - 1;
        if (lo > hi) {
            return Section.interval(lo, lo - 1);
        }
        long period = Math.multiplyExact(deal[d], (long) grid[d]);
        long begin = lo + (hi - lo) / period * period;
        return new Section(lo, Math.min(hi, begin + deal[d] - 1), deal[d], period);
    }

    /** First index of part {@code r} of axis {@code d}. Cuts lie at multiples of the unit, so that they do not cut leaves. */
    private long cut(int d, int r) {
        long lo = whole.lo()[d];
        long end = lo + whole.extent(d);
        if (r <= 0) {
            return lo;
        } else if (r >= grid[d]) {
            return end;
        }
        long origin = Math.floorDiv(lo, unit[d]);
        long units = whole.extent(d) == 0 ? 0 : Math.floorDiv(end - 1, unit[d]) - origin + 1;
        int p = grid[d];
        long units0 = r * (units / p) + r * (units % p) / p;
        return Math.clamp((origin + units0) * unit[d], lo, end);
    }

    /** The rank that owns an index of {@link #whole}; on partitions without spread axes rank 0. */
    public int owner(long... index) {
        int rank = 0;
        for (int d = 0; d < grid.length; d++) {
            if (deals(d)) {
                rank = rank * grid[d] + (int) ((index[d] - whole.lo()[d]) / deal[d] % grid[d]);
                continue;
            }
            int low = 0;
            int high = grid[d] - 1;
            while (low < high) {
                int mid = (low + high + 1) >>> 1;
                if (cut(d, mid) <= index[d]) {
                    low = mid;
                } else {
                    high = mid - 1;
                }
            }
            rank = rank * grid[d] + low;
        }
        return rank;
    }
}
