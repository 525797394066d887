package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Request;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Layout;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Root;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.loop.ExchangePlan.Piece;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * What a loop fetches of an array, in steps: its iterations run strip by strip along one axis of the loop, and while those of one strip run, what the next ones
 * read is on its way. A rank holds what two strips read, not what all of them do, as in SUMMA (R. A. van de Geijn and J. Watts, Concurrency 9, 1997); each
 * iteration computes what it always computes. Only where no element is read by two strips, so that nothing travels twice.
 */
final class Panels {
    /** Bytes of others, on the rank that needs most of them, from which on it is worth it, and about so many come in a step; tests set it to less. */
    static final long STEP_BYTES = Long.getLong("pel.panel.bytes", 4 << 20);
    private static final int MOST_STEPS = 32;
    /** Strips of the last axis are whole vectors and whole blocks of them, those of other axes whole blocks of rows; tests set it to 1. */
    private static final int LAST_GRAIN = Integer.getInteger("pel.panel.grain", 64);
    private static final int GRAIN = Math.min(16, LAST_GRAIN);
    /** Above the tags of channels. */
    private static final int TAG = 0x7ff0_0006;

    /** Strips of this rank, and what all ranks need for theirs; {@code strips} has no element if one step does. */
    private record Scheme(List<Box> strips, List<ExchangePlan> plans) {}

    private final ParallelLoop loop;
    private final PelArray array;
    private final PelArray view;
    private final Scheme scheme;
    private final Layout[] layouts;
    private final Encoder[][] leaving;
    private final byte[][][] coming;
    private final List<List<Request>> sent = List.of(new ArrayList<>(), new ArrayList<>());

    private Panels(ParallelLoop loop, PelArray array, Scheme scheme) {
        this.loop = loop;
        this.array = array;
        this.scheme = scheme;
        int self = loop.rank().rank();
        int half = 0;
        Layout[] alone = new Layout[scheme.plans.size()];
        for (int s = 0; s < alone.length; s++) {
            alone[s] = Layout.of(scheme.plans.get(s).needed(self));
            half = Math.max(half, alone[s].size());
        }
        layouts = new Layout[alone.length];
        for (int s = 0; s < alone.length; s++) {
            layouts[s] = alone[s].at(s % 2 * half);
        }
        view = PelArray.create(Domain.range(0, 2L * half - 1), array.type()).window();
        int ranks = loop.rank().size();
        leaving = new Encoder[2][ranks];
        coming = new byte[2][ranks][0];
        for (int r = 0; r < ranks; r++) {
            leaving[0][r] = new Encoder(0);
            leaving[1][r] = new Encoder(0);
        }
    }

    /** Null if what is needed comes in one piece. Every rank finds the same. */
    static @Nullable Panels of(ParallelLoop loop, PelArray array, Need need) {
        Root root = array.domain().root();
        if (loop.parts().scattered() || root.scattered() || root.partition() == null || root.periodic() || array.type().isObject()
                || need.parts().size() > 1) {
            return null;
        }
        long bytes = mostForeign(loop, array, need) * array.type().bytes();
        if (bytes <= STEP_BYTES) {
            return null;
        }
        long steps = Math.min(MOST_STEPS, Math.ceilDiv(bytes, STEP_BYTES));
        for (int d = loop.space().axes() - 1; d >= 0; d--) {
            Scheme scheme = loop.space().step(d) == 1 ? scheme(loop, array, need, d, steps) : new Scheme(List.of(), List.of());
            if (!scheme.strips.isEmpty()) {
                return new Panels(loop, array, scheme);
            }
        }
        return null;
    }

    private static long mostForeign(ParallelLoop loop, PelArray array, Need need) {
        Root root = array.domain().root();
        long most = 0;
        for (int r = 0; r < loop.rank().size(); r++) {
            Box box = needed(root, loop.box(r), need, array.axes());
            most = Math.max(most, box.size() - box.intersect(root.part(r)).size());
        }
        return most;
    }

    private static Box needed(Root root, Box iterations, Need need, int axes) {
        if (iterations.isEmpty()) {
            return Box.empty(axes);
        }
        long[] lo = new long[axes];
        long[] hi = new long[axes];
        need.box(iterations.lo(), iterations.hi(), lo, hi);
        return ExchangePlan.clip(root, new Box(lo, hi));
    }

    /** Strips along axis {@code d} of the loop; none if they are fewer than two, or an element would travel twice. */
    private static Scheme scheme(ParallelLoop loop, PelArray array, Need need, int d, long steps) {
        Root root = array.domain().root();
        int axes = array.axes();
        int ranks = loop.rank().size();
        long longest = 0;
        for (int r = 0; r < ranks; r++) {
            longest = Math.max(longest, loop.box(r).isEmpty() ? 0 : loop.box(r).extent(d));
        }
        long grain = d == loop.space().axes() - 1 ? LAST_GRAIN : GRAIN;
        long width = Math.ceilDiv(Math.ceilDiv(longest, steps), grain) * grain;
        int count = Math.toIntExact(Math.ceilDiv(longest, width));
        if (count < 2) {
            return new Scheme(List.of(), List.of());
        }
        long[] values = new long[2 + 2 * axes * ranks * count];
        values[0] = d;
        values[1] = width;
        Box[][] boxes = new Box[count][ranks];
        int at = 2;
        for (int r = 0; r < ranks; r++) {
            long sum = 0;
            for (int s = 0; s < count; s++) {
                Box box = needed(root, strip(loop.box(r), d, width, s), need, axes);
                boxes[s][r] = box;
                sum += box.size();
                System.arraycopy(box.lo(), 0, values, at, axes);
                System.arraycopy(box.hi(), 0, values, at + axes, axes);
                at += 2 * axes;
            }
            if (sum > needed(root, loop.box(r), need, axes).size()) {
                return new Scheme(List.of(), List.of());
            }
        }
        ExchangePlan.Key key = new ExchangePlan.Key(values);
        List<ExchangePlan> plans;
        if (root.plan(key) instanceof Scheme known) {
            plans = known.plans;
        } else {
            plans = new ArrayList<>(count);
            for (Box[] step : boxes) {
                Box[][] one = new Box[ranks][];
                java.util.Arrays.setAll(one, r -> new Box[] {step[r]});
                plans.add(new ExchangePlan(root, one, loop.rank().rank()));
            }
            root.keepPlan(key, new Scheme(List.of(), plans));
        }
        List<Box> strips = new ArrayList<>(count);
        for (int s = 0; s < count; s++) {
            strips.add(strip(loop.box(), d, width, s));
        }
        return new Scheme(strips, plans);
    }

    private static Box strip(Box box, int d, long width, int s) {
        if (box.isEmpty()) {
            return box;
        }
        long[] lo = box.lo().clone();
        long[] hi = box.hi().clone();
        lo[d] = box.lo()[d] + s * width;
        hi[d] = Math.min(box.hi()[d], lo[d] + width - 1);
        return new Box(lo, hi);
    }

    /** What the iterations see: the elements that those of the present strip read. */
    PelArray view() {
        return view;
    }

    /** Has the strips run one after another. Collective. */
    void run(Consumer<Box> body) {
        loop.settle();
        List<Request> arriving = begin(0);
        for (int s = 0; s < layouts.length; s++) {
            takeIn(s, arriving);
            arriving = s + 1 < layouts.length ? begin(s + 1) : List.of();
            view.show(layouts[s]);
            body.accept(scheme.strips.get(s));
        }
        sent.forEach(Panels::await);
    }

    private static void await(List<Request> requests) {
        requests.forEach(Request::await);
        requests.clear();
    }

    /** Asks for what strip {@code s} reads, sends what others read in theirs, and copies what stays. */
    private List<Request> begin(int s) {
        Comm comm = loop.comm();
        int self = comm.rank();
        ExchangePlan plan = scheme.plans.get(s);
        List<Request> arriving = new ArrayList<>();
        for (int step = 1; step < comm.size(); step++) {
            int from = (self - step + comm.size()) % comm.size();
            int n = bytes(plan.incoming(from));
            if (n > 0) {
                if (coming[s % 2][from].length < n) {
                    coming[s % 2][from] = new byte[n];
                }
                arriving.add(comm.irecv(coming[s % 2][from], 0, n, from, TAG));
            }
        }
        await(sent.get(s % 2));
        for (int step = 1; step < comm.size(); step++) {
            int to = (self + step) % comm.size();
            if (plan.outgoing(to).length > 0) {
                Encoder out = leaving[s % 2][to].clear();
                for (Piece piece : plan.outgoing(to)) {
                    Rows.pack(array, piece.region(), out);
                }
                loop.count("fetch", out.size(), to);
                sent.get(s % 2).add(comm.isend(out.array(), 0, out.size(), to, TAG));
            }
        }
        for (Piece piece : plan.local()) {
            Rows.copy(array, view, piece.region(), piece.shift(), layouts[s]);
        }
        return arriving;
    }

    private int bytes(Piece[] pieces) {
        int bytes = 0;
        for (Piece piece : pieces) {
            bytes = Math.addExact(bytes, Rows.bytes(array.type(), piece.region()));
        }
        return bytes;
    }

    private void takeIn(int s, List<Request> arriving) {
        int self = loop.rank().rank();
        int ranks = loop.rank().size();
        int next = 0;
        for (int step = 1; step < ranks; step++) {
            int from = (self - step + ranks) % ranks;
            Piece[] pieces = scheme.plans.get(s).incoming(from);
            if (pieces.length > 0) {
                arriving.get(next++).await();
                Decoder in = new Decoder(coming[s % 2][from]);
                for (Piece piece : pieces) {
                    Rows.unpack(in, view, piece.region(), piece.shift(), layouts[s]);
                }
            }
        }
    }
}
