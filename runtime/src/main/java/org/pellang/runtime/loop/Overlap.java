package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.PelArray;

/** A loop that begins with the iterations that read no ghost cell, while these are on their way. */
final class Overlap {
    /** Iterations without ghost cells from which on it is worth it; tests set it to 1. */
    private static final long LEAST = Long.getLong("pel.overlap.least", 8192);
    /** Length of rows from which on the borders at their ends, which are slower than whole rows, cost little. */
    private static final long LONG_ROW = Math.min(512, LEAST);

    private final ParallelLoop loop;
    private final Runnable takeIn;
    private final Box inside;
    private final List<Box> borders;

    private Overlap(ParallelLoop loop, Runnable takeIn, Box inside, List<Box> borders) {
        this.loop = loop;
        this.takeIn = takeIn;
        this.inside = inside;
        this.borders = borders;
    }

    /** The loop of this rank in two parts, or null if that is not worth it. Each rank decides for itself. */
    static @Nullable Overlap of(ParallelLoop loop, List<ExchangePlan> plans, List<PelArray> arrays, Runnable takeIn) {
        Box own = loop.box();
        if (own.isEmpty() || own.size() < LEAST) {
            return null;
        }
        int last = own.axes() - 1;
        long[] low = new long[own.axes()];
        long[] high = new long[own.axes()];
        for (int a = 0; a < plans.size(); a++) {
            Box part = arrays.get(a).domain().root().part(loop.rank().rank());
            for (Box need : plans.get(a).patches(loop.rank().rank())) {
                for (int d = 0; d <= last && !need.isEmpty(); d++) {
                    low[d] = Math.max(low[d], part.lo()[d] - need.lo()[d]);
                    high[d] = Math.max(high[d], need.hi()[d] - part.hi()[d]);
                }
            }
        }
        if ((low[last] > 0 || high[last] > 0) && own.extent(last) < LONG_ROW) {
            return null;
        }
        long[] from = own.lo().clone();
        long[] to = own.hi().clone();
        List<Box> borders = new ArrayList<>(2 * from.length);
        for (int d = 0; d <= last; d++) {
            if (low[d] + high[d] >= own.extent(d)) {
                return null;
            }
            if (low[d] > 0) {
                borders.add(slab(from, to, d, from[d], from[d] + low[d] - 1));
                from[d] += low[d];
            }
            if (high[d] > 0) {
                borders.add(slab(from, to, d, to[d] - high[d] + 1, to[d]));
                to[d] -= high[d];
            }
        }
        Box inside = new Box(from, to);
        return inside.size() < LEAST ? null : new Overlap(loop, takeIn, inside, borders);
    }

    private static Box slab(long[] lo, long[] hi, int d, long first, long last) {
        Box slab = new Box(lo.clone(), hi.clone());
        slab.lo()[d] = first;
        slab.hi()[d] = last;
        return slab;
    }

    /** Takes in the ghost cells. */
    void takeIn() {
        takeIn.run();
    }

    /** The iterations inside, then, when the ghost cells are there, the others. */
    void run(BoxKernel kernel, ReduceSpec spec, Slots total) {
        for (Box piece : FirstRuns.pieces(loop.site(), loop.space(), inside)) {
            kernel.run(piece, total);
        }
        loop.settle();
        for (Box border : borders) {
            // Not into the total: of equal extremes the kernel would keep that of the iterations inside.
            Slots part = spec.identities();
            kernel.run(border, part);
            spec.combine(total, part, spec.freeSlots());
        }
    }
}
