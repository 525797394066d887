package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Layout;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.loop.ExchangePlan.Piece;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Distributed arrays as a divided loop sees them, all with one offset and one set of strides: the arrays themselves with their ghost cells filled where
 * every rank owns what its iterations touch, else temporaries of one geometry whose written boxes go back to their owners when the views are closed.
 */
public final class Views {
    /** The need of accesses at the loop's own index. */
    public static final Need OWN = (from, to, lo, hi) -> {
        System.arraycopy(from, 0, lo, 0, lo.length);
        System.arraycopy(to, 0, hi, 0, hi.length);
    };

    /** Above the tags of exchanges. */
    private static final int TAG = 0x7ff0_0002;

    private final ParallelLoop loop;
    private final PelArray[] arrays;
    private final PelArray[] views;
    private final @Nullable Need[] writes;
    /** What the views show by run, if they are copies of several boxes. */
    private final @Nullable Window window;

    private Views(ParallelLoop loop, PelArray[] arrays, PelArray[] views, @Nullable Need[] writes, @Nullable Window window) {
        this.window = window;
        this.loop = loop;
        this.arrays = arrays;
        this.views = views;
        this.writes = writes;
    }

    /**
     * Makes the views. Collective.
     *
     * @param arrays distributed arrays
     * @param reads boxes that are read, null: nothing is
     * @param writes boxes that are written, disjoint for different ranks; null: nothing is
     */
    public static Views open(ParallelLoop loop, PelArray[] arrays, @Nullable Need[] reads, @Nullable Need[] writes) {
        if (loop.parts().scattered() || anyScattered(arrays)) {
            return scattered(loop, arrays, reads, writes);
        }
        boolean here = true;
        for (int a = 0; a < arrays.length && here; a++) {
            here = inPlace(loop, arrays[a], reads[a], writes[a]);
        }
        if (here) {
            halos(loop, arrays, reads);
            if (arrays.length > 1) {
                loop.align(arrays);
            }
            if (oneGeometry(arrays)) {
                return new Views(loop, arrays, arrays, writes, null);
            }
        }
        return new Views(loop, arrays, temporaries(loop, arrays, reads, writes), writes, null);
    }

    private static boolean anyScattered(PelArray[] arrays) {
        for (PelArray array : arrays) {
            if (array.domain().root().scattered()) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #open} where parts are no boxes: there are no ghost cells, and geometries go with the runs. */
    private static Views scattered(ParallelLoop loop, PelArray[] arrays, @Nullable Need[] reads, @Nullable Need[] writes) {
        boolean here = true;
        for (int a = 0; a < arrays.length; a++) {
            here &= (reads[a] == null || reads[a] == OWN)
                    && (writes[a] == null || writes[a] == OWN)
                    && arrays[a].domain().root().partition() != null
                    && loop.owns(arrays[a])
                    && arrays[a].domain().root().sameParts(arrays[0].domain().root());
        }
        PelArray[] views = new PelArray[arrays.length];
        if (here) {
            java.util.Arrays.setAll(views, a -> Window.own(loop, arrays[a]));
            return new Views(loop, arrays, views, writes, null);
        }
        PatchPlan[] plans = new PatchPlan[arrays.length];
        java.util.Arrays.setAll(plans, a -> PatchPlan.reads(loop, arrays[a], both(reads[a], writes[a])));
        views = Window.copies(loop, arrays, plans);
        return new Views(loop, arrays, views, writes, loop.latest());
    }

    /** Whether no rank reads what it writes itself: then what it reads may be fetched before the loop. Every rank finds the same. */
    public static boolean apart(ParallelLoop loop, PelArray array, Need writes, Need reads) {
        if (array.domain().periodic()) {
            return false;
        }
        int axes = array.axes();
        for (int r = 0; r < loop.rank().size(); r++) {
            Box box = loop.box(r);
            if (!box.isEmpty() && !of(writes, box, axes).intersect(of(reads, box, axes)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static Box of(Need need, Box loop, int axes) {
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        need.box(loop.lo(), loop.hi(), lo, hi);
        return new Box(lo, hi);
    }

    /** What one view must hold that is read near the iteration's index and elsewhere; null: nothing. */
    public static @Nullable Need reads(@Nullable Need near, boolean apart, Need far) {
        return apart ? near : both(near, far);
    }

    /** Every rank decides alike: the answer depends on the boxes of all. */
    private static boolean inPlace(ParallelLoop loop, PelArray array, @Nullable Need read, @Nullable Need write) {
        if (array.domain().root().partition() == null || loop.owns(array)) {
            return write == null || write == OWN || array.domain().root().partition() == null || loop.plan(array, write).silent();
        }
        return (write == null || loop.plan(array, write).silent()) && (read == null || loop.plan(array, read).silent());
    }

    private static void halos(ParallelLoop loop, PelArray[] arrays, @Nullable Need[] reads) {
        List<PelArray> of = new ArrayList<>(arrays.length);
        List<Need> needs = new ArrayList<>(arrays.length);
        for (int a = 0; a < arrays.length; a++) {
            Need read = reads[a];
            if (read != null && read != OWN && loop.owns(arrays[a])) {
                of.add(arrays[a]);
                needs.add(read);
            }
        }
        if (!of.isEmpty()) {
            loop.halos(of.toArray(PelArray[]::new), needs.toArray(Need[]::new));
        }
    }

    private static boolean oneGeometry(PelArray[] arrays) {
        for (PelArray a : arrays) {
            if (a.offset() != arrays[0].offset() || !java.util.Arrays.equals(a.layout().stride(), arrays[0].layout().stride())) {
                return false;
            }
        }
        return true;
    }

    /** Temporaries over one box that holds whatever this rank touches in any of the arrays; their contents are fetched. */
    private static PelArray[] temporaries(ParallelLoop loop, PelArray[] arrays, @Nullable Need[] reads, @Nullable Need[] writes) {
        ExchangePlan[] plans = new ExchangePlan[arrays.length];
        Box all = null;
        int self = loop.rank().rank();
        for (int a = 0; a < arrays.length; a++) {
            plans[a] = loop.plan(arrays[a], both(reads[a], writes[a]));
            Box mine = plans[a].needed(self);
            if (!mine.isEmpty()) {
                all = all == null ? mine : hull(all, mine);
            }
        }
        Box storage = all == null ? Box.empty(arrays[0].axes()) : all;
        PelArray[] views = new PelArray[arrays.length];
        for (int a = 0; a < arrays.length; a++) {
            views[a] = PelArray.over(storage, arrays[a].type());
        }
        Exchange.run(loop, "fetch", arrays, views, plans);
        return views;
    }

    private static Need both(@Nullable Need read, @Nullable Need write) {
        if (read == null || write == null) {
            Need only = read == null ? write : read;
            return only == null ? (from, to, lo, hi) -> java.util.Arrays.fill(hi, Long.MIN_VALUE) : only;
        }
        return (from, to, lo, hi) -> {
            read.box(from, to, lo, hi);
            long[] l = new long[lo.length];
            long[] h = new long[hi.length];
            write.box(from, to, l, h);
            for (int d = 0; d < l.length; d++) {
                lo[d] = Math.min(lo[d], l[d]);
                hi[d] = Math.max(hi[d], h[d]);
            }
        };
    }

    /** The smallest box around two that are not empty. */
    static Box hull(Box a, Box b) {
        long[] lo = a.lo().clone();
        long[] hi = a.hi().clone();
        for (int d = 0; d < lo.length; d++) {
            lo[d] = Math.min(lo[d], b.lo()[d]);
            hi[d] = Math.max(hi[d], b.hi()[d]);
        }
        return new Box(lo, hi);
    }

    /** View number {@code k}. */
    public PelArray get(int k) {
        return views[k];
    }

    /** Brings what was written to the owners, and tells the arrays that they have changed. Collective. */
    public void close() {
        for (int a = 0; a < arrays.length; a++) {
            Need write = writes[a];
            if (write == null) {
                continue;
            }
            if (window != null) {
                PatchPlan plan = PatchPlan.exact(loop, arrays[a], write);
                giveBack(arrays[a], views[a], plan.plan(), patch -> window.layout(plan.runOf()[patch]));
            } else if (views[a] != arrays[a] && !views[a].sharesColumns(arrays[a])) {
                Layout layout = views[a].layout();
                giveBack(arrays[a], views[a], loop.plan(arrays[a], write), patch -> layout);
            }
            arrays[a].touch();
        }
    }

    /** The exchange that fetched the written boxes, backwards. @param layouts of the view, by box of this rank */
    private void giveBack(PelArray array, PelArray view, ExchangePlan plan, IntFunction<Layout> layouts) {
        int ranks = loop.rank().size();
        int self = loop.rank().rank();
        for (int step = 1; step < ranks; step++) {
            int peer = (self + step) % ranks;
            Piece[] pieces = plan.incoming(peer);
            if (pieces.length > 0) {
                Encoder out = new Encoder();
                for (Piece p : pieces) {
                    Rows.pack(view, p.region(), p.shift(), layouts.apply(p.patch()), out);
                }
                loop.send("give back", out.toBytes(), peer, TAG);
            }
        }
        for (Piece p : plan.local()) {
            Rows.copyBack(view, layouts.apply(p.patch()), array, p.region(), p.shift());
        }
        for (int step = 1; step < ranks; step++) {
            int peer = (self - step + ranks) % ranks;
            Piece[] pieces = plan.outgoing(peer);
            if (pieces.length > 0) {
                Decoder in = new Decoder(loop.comm().recvBytes(peer, TAG));
                long[] none = new long[array.axes()];
                for (Piece p : pieces) {
                    Rows.unpack(in, array, p.region(), none, array.layout());
                }
            }
        }
    }

    /** A replicated-looking array with the box that this rank needs, for functions and slices; wraps if the array does. Collective. */
    public static PelArray local(ParallelLoop loop, PelArray array, Need need) {
        if (!array.domain().isDistributed()) {
            return array;
        }
        ExchangePlan plan = loop.plan(array, need);
        Box mine = plan.needed(loop.rank().rank());
        Domain domain = array.domain().periodic() && mine.equals(array.domain().box())
                ? Domain.localPeriodic(mine.lo(), mine.hi())
                : Domain.local(mine.lo(), mine.hi());
        PelArray part = PelArray.create(domain, array.type());
        Exchange.run(loop, "fetch", new PelArray[] {array}, new PelArray[] {part}, new ExchangePlan[] {plan});
        return part;
    }

    /** {@code old = old op change}, element by element: the end of an array-valued reduction. */
    public static void combine(PelArray old, Op op, Object change) {
        // The operator changes its left operand and returns it.
        ((PelArray) ArrayOperators.of(op).apply(old, change)).touch();
    }

    /** {@code old = old op change}, element by element, with a user's operator on boxed elements. */
    public static void combine(PelArray old, java.util.function.BinaryOperator<Object> op, Object change) {
        ((PelArray) ElementFold.arrays(op).apply(old, change)).touch();
    }

    /** The elements of {@code values} where {@code mask} holds, in row-major order, replicated: a filtered comprehension. Collective. */
    public static PelArray compact(ParallelLoop loop, PelArray values, PelArray mask) {
        PelArray all = values.replicate(loop.rank(), loop.site());
        PelArray kept = mask.replicate(loop.rank(), loop.site());
        boolean[] flags = kept.bool(0);
        int n = 0;
        for (boolean flag : flags) {
            n += flag ? 1 : 0;
        }
        PelArray result = PelArray.create(Domain.range(0, n - 1L), values.type());
        int next = 0;
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                result.set(next++, all.get(i));
            }
        }
        return result;
    }
}
