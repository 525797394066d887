package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;

/**
 * The tiles of a wavefront. Iteration x lies in tile {@code floor((sum(weight[d] * x[d]) - origin) / width)} of its rank. A rank runs its tiles in order of their
 * numbers, and the iterations of a tile in index order. That is as good as index order if along every dependence the number does not fall, and grows if the
 * dependence leads to a rank before ({@link #legal}); then (number, rank's place in the grid) orders all tiles.
 *
 * <p>Choice, best first: tiles along an axis that every rank has as a whole; the same, skewed, if dependences point backwards along it (C. Lengauer, "Loop
 * parallelization in the polytope model", 1993); along a divided axis; hyperplanes, which are always legal (L. Lamport, "The parallel execution of DO loops",
 * CACM 17(2), 1974). The number of tiles balances the ranks that wait for a first tile against the cost of a message per tile, {@code n = sqrt((stages - 1) * work /
 * message)} (S. Hiranandani, K. Kennedy, C.-W. Tseng, "Evaluation of compiler optimizations for Fortran D", 1994). All ranks find the same plan.
 */
@SuppressWarnings("ArrayRecordComponent")
record WavePlan(long[] weight, long origin, long width) {
    /** What it costs to hand a tile over, in nanoseconds. The same on all ranks, so not measured. */
    private static final double MESSAGE = 4000;
    private static final int MOST_TILES = 512;
    /** Shortest piece of a row that is worth a call. */
    private static final long SHORTEST = 32;

    /**
     * The plan for a loop.
     *
     * @param boxes iterations of all ranks
     * @param distances of dependences, lexicographically positive
     * @param cost of an iteration, in nanoseconds
     * @param leaf pieces of rows should be multiples of it, 1: any length
     */
    static WavePlan of(Domain space, List<Box> boxes, long[][] distances, int cost, int leaf) {
        return new Choice(space, boxes, distances, cost, leaf).plan();
    }

    /** The number of the first tile that a non-empty box touches. */
    long first(Box box) {
        return Math.floorDiv(sum(box.lo()) - origin, width);
    }

    /** The number of the last tile that a non-empty box touches. */
    long last(Box box) {
        return Math.floorDiv(sum(box.hi()) - origin, width);
    }

    private long sum(long[] x) {
        long sum = 0;
        for (int d = 0; d < x.length; d++) {
            sum += weight[d] * x[d];
        }
        return sum;
    }

    /** What is done with a piece of a row: {@code row} holds the outer indices. */
    interface Piece {
        void run(long[] row, long from, long to);
    }

    /** Calls {@code action} for the pieces of tile {@code number} in {@code box}, in index order; the space's strides apply. */
    void rows(TreeShape shape, Domain space, long number, Box box, Piece action) {
        long low = origin + number * width;
        rows(shape, space, 0, low, low + width - 1, box, new long[box.axes()], action);
    }

    private void rows(TreeShape shape, Domain space, int d, long low, long high, Box box, long[] row, Piece action) {
        long lowest = 0;
        long highest = 0;
        for (int e = d + 1; e < row.length; e++) {
            lowest += weight[e] * box.lo()[e];
            highest += weight[e] * box.hi()[e];
        }
        long from = box.lo()[d];
        long to = box.hi()[d];
        if (weight[d] > 0) {
            from = Math.max(from, Math.ceilDiv(low - highest, weight[d]));
            to = Math.min(to, Math.floorDiv(high - lowest, weight[d]));
        } else if (low > highest || high < lowest) {
            return;
        }
        from = shape.atLeast(d, from);
        to = shape.atMost(d, to);
        if (d == row.length - 1) {
            if (from <= to) {
                action.run(row, from, to);
            }
            return;
        }
        for (long x = from; x <= to; x += space.step(d)) {
            row[d] = x;
            rows(shape, space, d + 1, low - weight[d] * x, high - weight[d] * x, box, row, action);
        }
    }

    /** Whether tiles of any width up to {@code width} are in order; {@code back}: dependences that lead to a rank before on some axis. */
    static boolean legal(long[] weight, long width, long[][] distances, boolean[] divided) {
        for (long[] v : distances) {
            long steps = 0;
            boolean back = false;
            for (int d = 0; d < v.length; d++) {
                steps += weight[d] * v[d];
                back |= divided[d] && v[d] < 0;
            }
            if (steps < (back ? width : 0)) {
                return false;
            }
        }
        return true;
    }

    /** Finds the plan. */
    private static final class Choice {
        private final Domain space;
        private final List<Box> boxes = new ArrayList<>();
        private final long[][] distances;
        private final int cost;
        private final int leaf;
        private final int axes;
        private final boolean[] divided;
        private int stages;
        private long most;

        Choice(Domain space, List<Box> all, long[][] distances, int cost, int leaf) {
            this.space = space;
            this.distances = distances;
            this.cost = cost;
            this.leaf = leaf;
            this.axes = space.axes();
            this.divided = new boolean[axes];
            all.stream().filter(b -> !b.isEmpty()).forEach(boxes::add);
            stages = 1;
            for (int d = 0; d < axes; d++) {
                int axis = d;
                int parts = (int) boxes.stream().map(b -> b.lo()[axis]).distinct().count();
                divided[d] = parts > 1;
                stages += parts > 1 && Arrays.stream(distances).anyMatch(v -> v[axis] != 0) ? parts - 1 : 0;
            }
            boxes.forEach(b -> most = Math.max(most, b.size()));
        }

        WavePlan plan() {
            if (stages == 1 || space.box().isEmpty()) {
                return new WavePlan(new long[axes], 0, 1);
            }
            long tiles = (long) Math.clamp(Math.sqrt((stages - 1) * (double) most * cost / MESSAGE), 1, MOST_TILES);
            for (int q = 0; q < axes; q++) {
                if (!divided[q] && legal(along(q), Long.MAX_VALUE, distances, divided) && (q == axes - 1 || space.extent(q) >= tiles)) {
                    return sized(along(q), q, tiles);
                }
            }
            for (int q = axes - 1; q > 0; q--) {
                if (!divided[q] && legal(skewed(q), Long.MAX_VALUE, distances, divided)) {
                    return sized(skewed(q), q, tiles);
                }
            }
            for (int q = 0; q < axes; q++) {
                if (legal(along(q), Long.MAX_VALUE, distances, divided)) {
                    return sized(along(q), q, tiles);
                }
            }
            for (int q = 0; q < axes; q++) {
                if (legal(along(q), 1, distances, divided)) {
                    return sized(along(q), q, Long.MAX_VALUE);
                }
            }
            return withOrigin(hyperplanes(), 1);
        }

        private long[] along(int q) {
            long[] weight = new long[axes];
            weight[q] = 1;
            return weight;
        }

        /** Outer axes push the tiles so far that no dependence points to an earlier one. */
        private long[] skewed(int q) {
            long[] weight = along(q);
            for (long[] v : distances) {
                int k = 0;
                while (v[k] == 0) {
                    k++;
                }
                if (k < q && v[q] < 0) {
                    weight[k] = Math.max(weight[k], Math.ceilDiv(-v[q], v[k]));
                }
            }
            return weight;
        }

        /** Every dependence goes on by at least one: the weight of an axis outweighs all that inner ones may go back. */
        private long[] hyperplanes() {
            long[] weight = new long[axes];
            for (int d = axes - 1; d >= 0; d--) {
                weight[d] = 1;
                for (long[] v : distances) {
                    long back = 0;
                    for (int e = d + 1; e < axes; e++) {
                        back += weight[e] * Math.max(0, -v[e]);
                    }
                    weight[d] = Math.max(weight[d], back + 1);
                }
            }
            return weight;
        }

        private WavePlan sized(long[] weight, int q, long tiles) {
            long longest = 1;
            for (Box b : boxes) {
                longest = Math.max(longest, b.extent(q));
            }
            long width = Math.max(1, Math.ceilDiv(longest, tiles));
            if (q == axes - 1) {
                long unit = leaf > 1 ? leaf : 1;
                width = Math.ceilDiv(Math.max(width, Math.min(SHORTEST, longest)), unit) * unit;
            }
            while (!legal(weight, width, distances, divided)) {
                width = width > 2 * axes ? width / 2 : width - 1;
            }
            return withOrigin(weight, width);
        }

        private WavePlan withOrigin(long[] weight, long width) {
            long low = 0;
            for (int d = 0; d < axes; d++) {
                low += weight[d] * space.lo(d);
            }
            return new WavePlan(weight, Math.floorDiv(low, leaf) * leaf, width);
        }
    }
}
