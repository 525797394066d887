package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Layout;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Root;

/** Ghost cells that a loop must take in: of its own arrays that are stale, and of those of the loops that follow, in one message per neighbour. */
final class Halos {
    /**
     * What a loop that follows needs of an array.
     *
     * @param next that loop
     * @param need of the array
     */
    record Ahead(ParallelLoop next, PelArray array, Need need) {
        /** Whether ghost cells of the array can serve that loop. */
        boolean serves() {
            Root root = array.domain().root();
            return (root.partition() != null || root.periodic()) && !root.scattered() && need != Views.OWN && next.owns(array);
        }

        private ExchangePlan plan() {
            return Halos.plan(next, array, need);
        }
    }

    private final ParallelLoop loop;
    private final List<PelArray> stale;
    private final List<ExchangePlan> todo = new ArrayList<>();
    /** How many of them are the loop's own. */
    private int own;

    private Halos(ParallelLoop loop, int arrays) {
        this.loop = loop;
        this.stale = new ArrayList<>(arrays);
    }

    /** What must be brought, null if all ghost cells are fresh. Layouts have grown afterwards. */
    static @Nullable Halos of(ParallelLoop loop, PelArray[] arrays, Need[] needs, List<Ahead> ahead) {
        ExchangePlan[] plans = new ExchangePlan[arrays.length];
        for (int a = 0; a < arrays.length; a++) {
            Root root = arrays[a].domain().root();
            if (root.partition() == null && !root.periodic()) {
                continue;
            }
            if (root.scattered()) {
                throw new IllegalStateException("ghost cells of an array whose parts are no boxes at " + loop.site());
            }
            if (!loop.owns(arrays[a])) {
                throw new IllegalStateException("halo of an array that is not aligned with the loop at " + loop.site());
            }
            plans[a] = plan(loop, arrays[a], needs[a]);
            root.widen(plans[a].below(), plans[a].above());
        }
        Halos halos = new Halos(loop, arrays.length);
        for (int a = 0; a < arrays.length; a++) {
            if (plans[a] != null) {
                arrays[a].relayout();
                halos.add(arrays[a], plans[a]);
            }
        }
        halos.own = halos.stale.size();
        if (halos.own == 0) {
            return null;
        }
        halos.add(arrays, ahead);
        return halos;
    }

    private void add(PelArray array, ExchangePlan plan) {
        if (!plan.silent() && !isFresh(array, plan)) {
            int earlier = place(array);
            if (earlier < 0 || !todo.get(earlier).covers(plan)) {
                stale.add(array);
                todo.add(plan);
            }
        }
    }

    private void add(PelArray[] arrays, List<Ahead> ahead) {
        ExchangePlan[] plans = new ExchangePlan[ahead.size()];
        for (int k = 0; k < plans.length; k++) {
            plans[k] = ahead.get(k).plan();
            ahead.get(k).array().domain().root().widen(plans[k].below(), plans[k].above());
        }
        for (PelArray array : arrays) {
            array.relayout();
        }
        for (int k = 0; k < plans.length; k++) {
            ahead.get(k).array().relayout();
            add(ahead.get(k).array(), plans[k]);
        }
    }

    /** Where this very array stands, or -1: arrays with the same contents are equal. */
    private int place(PelArray array) {
        int k = stale.size() - 1;
        while (k >= 0 && stale.get(k) != array) {
            k--;
        }
        return k;
    }

    private static boolean isFresh(PelArray array, ExchangePlan plan) {
        for (Object done : array.fresh()) {
            if (done == plan || ((ExchangePlan) done).covers(plan)) {
                return true;
            }
        }
        return false;
    }

    /** Sends; what is returned takes in what others send. */
    Runnable begin() {
        PelArray[] run = stale.toArray(PelArray[]::new);
        ExchangePlan[] plans = todo.toArray(ExchangePlan[]::new);
        HaloMessages messages = HaloMessages.of(loop, run, plans);
        Runnable takeIn = messages != null
                ? messages.begin(loop, run)
                : Exchange.begin(loop, "halo", run, run, plans, (a, patch) -> new Layout[] {run[a].layout()});
        for (int a = 0; a < run.length; a++) {
            run[a].fresh().add(todo.get(a));
        }
        return takeIn;
    }

    /** The loop in two parts while they travel, null if that is not worth it. */
    @Nullable Overlap overlap(Runnable takeIn) {
        return Overlap.of(loop, todo.subList(0, own), stale, takeIn);
    }

    private static ExchangePlan plan(ParallelLoop loop, PelArray a, Need need) {
        return need.star() ? starPlan(loop, a, need) : loop.plan(a, need);
    }

    /** The plan that brings each rank what its iterations need below and above its own box along each axis, without corners. */
    private static ExchangePlan starPlan(ParallelLoop loop, PelArray a, Need need) {
        int axes = a.axes();
        int ranks = loop.rank().size();
        long[] values = new long[4 * axes * axes * ranks];
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        int at = 0;
        for (int r = 0; r < ranks; r++) {
            loop.needed(r, need, lo, hi);
            Box own = loop.box(r);
            for (int d = 0; d < axes; d++) {
                for (int side = 0; side < 2; side++) {
                    long[] from = own.lo().clone();
                    long[] to = own.hi().clone();
                    from[d] = side == 0 ? lo[d] : own.hi()[d] + 1;
                    to[d] = own.isEmpty() ? from[d] - 1 : side == 0 ? own.lo()[d] - 1 : hi[d];
                    System.arraycopy(from, 0, values, at, axes);
                    System.arraycopy(to, 0, values, at + axes, axes);
                    at += 2 * axes;
                }
            }
        }
        return ExchangePlan.of(a.domain().root(), values, ranks, loop.rank().rank());
    }
}
