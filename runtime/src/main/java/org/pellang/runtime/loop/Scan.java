package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.Op;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Inclusive scan over an index set in row-major order: {@code result[i] = carry(leaf) op (fold of the leaf's elements up to i)}, where the carry runs
 * sequentially over the totals of all leaves before (lanes for floats, sequential for other operators). Same bits on any number of ranks.
 * Source: {@code docs/architecture.md}, section Reductions.
 */
public final class Scan {
    private final ParallelLoop loop;
    private final Domain space;
    private final TreeShape shape;
    private final ReduceSpec spec;
    private final ScanKernel kernel;
    private final PelArray result;
    private final int last;
    private final Slots value;
    private final boolean exact;
    /** {@code any} and {@code all}. */
    private final boolean bools;
    private long next;
    private int place;
    private int stride;

    private Scan(ParallelLoop loop, ReduceSpec spec, ElemType type, ScanKernel kernel) {
        this.loop = loop;
        this.space = loop.space();
        this.shape = new TreeShape(space);
        this.spec = spec;
        this.kernel = kernel;
        this.last = space.axes() - 1;
        this.result = PelArray.create(space, type);
        this.value = spec.identities();
        this.bools = type.equals(ElemType.BOOL);
        this.exact = SumMode.chosen() == SumMode.EXACT && spec.slot(0) instanceof Reduction.OfDouble op && op.isFloatSum();
    }

    /**
     * Runs a scan. Collective.
     *
     * @param spec one slot: {@code floats}, {@code ints} or {@code tree}
     * @param type element type of the result: {@code float}, {@code int} or the operator's
     * @return an array over the loop's space, distributed as it is; replicated if the space is undistributed
     */
    public static PelArray run(ParallelLoop loop, ReduceSpec spec, ElemType type, ScanKernel kernel) {
        if (spec.size() != 1) {
            throw new IllegalArgumentException("a scan has one operator");
        }
        return new Scan(loop, spec, type, Timed.scan(loop, kernel)).run();
    }

    /** Kernel: the next contribution. */
    public void putFloat(double v) {
        value.f[0] = v;
        put();
    }

    /** Kernel: the next contribution. */
    public void putInt(long v) {
        value.l[0] = v;
        put();
    }

    /** Kernel: the next contribution. */
    public void putObject(Object v) {
        value.o[0] = v;
        put();
    }

    private void put() {
        store(place, value);
        place += stride;
        next++;
    }

    private void store(int at, Slots v) {
        switch (spec.slot(0)) {
            case Reduction.OfDouble op -> result.setDouble(at, v.f[0]);
            case Reduction.OfLong op -> {
                if (bools) {
                    result.bool(0)[at] = v.l[0] != 0;
                } else {
                    result.i64(0)[at] = v.l[0];
                }
            }
            case Reduction.OfObject op -> result.set(at, ElemType.copyValue(v.o[0]));
            case Reduction.Arg op -> throw new IllegalArgumentException("scan of argmin or argmax");
        }
    }

    private void load(int at, Slots v) {
        switch (spec.slot(0)) {
            case Reduction.OfDouble op -> v.f[0] = result.getDouble(at);
            case Reduction.OfLong op -> v.l[0] = !bools ? result.i64(0)[at] : result.bool(0)[at] ? 1 : 0;
            case Reduction.OfObject op -> v.o[0] = ElemType.copyValue(result.get(at));
            case Reduction.Arg op -> throw new IllegalArgumentException("scan of argmin or argmax");
        }
    }

    /** A run of elements of one leaf that one rank has. {@code whole}: the message holds the leaf's total, else its single elements. */
    private record Segment(int rank, long i0, long i1, long leaf, long from, long to, boolean whole) {}

    /** Every running sum is rounded once. */
    private void finishExactly(byte[][] payloads) {
        int self = loop.rank().rank();
        Decoder[] in = new Decoder[payloads.length];
        java.util.Arrays.setAll(in, r -> new Decoder(payloads[r]));
        ExactSum running = new ExactSum();
        Slots r = spec.identities();
        for (Segment s : inOrder()) {
            if (s.whole() && s.rank() != self) {
                running.add(in[s.rank()]);
                continue;
            }
            if (s.whole()) {
                new ExactSum().add(in[self]);
            }
            for (long i = s.from(); i <= s.to(); i += space.step(last)) {
                running.add(s.whole() ? result.getDouble(at(s, i)) : in[s.rank()].getDouble());
                if (s.rank() == self) {
                    r.f[0] = spec.slot(0) == Reduction.OfDouble.SUM32 ? running.roundedToFloat() : running.rounded();
                    store(at(s, i), r);
                }
            }
        }
    }

    private List<Segment> inOrder() {
        List<Segment> all = new ArrayList<>();
        for (int r = 0; r < loop.rank().size(); r++) {
            all.addAll(segments(r));
        }
        all.sort(java.util.Comparator.comparingLong(Segment::i0).thenComparingLong(Segment::i1).thenComparingLong(Segment::from));
        return all;
    }

    private PelArray run() {
        int self = loop.rank().rank();
        Encoder out = new Encoder();
        for (Segment s : segments(self)) {
            evaluate(s);
            if (s.whole()) {
                writeTotal(s, out);
            } else {
                each(s, (i, at) -> {
                    load(at, value);
                    spec.slot(0).write(out, value, 0);
                });
            }
        }
        byte[][] payloads = loop.allgather("scan", out.toBytes());
        if (exact) {
            finishExactly(payloads);
        } else {
            finish(payloads);
        }
        if (!space.isDistributed() && loop.rank().size() > 1) {
            Merge.own(loop, result).end();
        }
        result.touch();
        return result;
    }

    /** What is done with an element of a segment. */
    @FunctionalInterface
    private interface Visitor {
        void element(long i, int at);
    }

    private void each(Segment s, Visitor visitor) {
        for (long i = s.from(); i <= s.to(); i += space.step(last)) {
            visitor.element(i, at(s, i));
        }
    }

    private int at(Segment s, long i) {
        return result.layout().place(index(s, i));
    }

    private long[] index(Segment s, long i) {
        return switch (last) {
            case 0 -> new long[] {i};
            case 1 -> new long[] {s.i0(), i};
            default -> new long[] {s.i0(), s.i1(), i};
        };
    }

    private void evaluate(Segment s) {
        loop.enter(index(s, s.from()));
        place = at(s, s.from());
        stride = Math.toIntExact(space.step(last));
        next = 0;
        kernel.values(s.i0(), s.i1(), s.from(), s.to(), this);
        if (next != (s.to() - s.from()) / space.step(last) + 1) {
            throw new IllegalStateException("scan kernel stored " + next + " values for " + s);
        }
    }

    private void writeTotal(Segment s, Encoder out) {
        if (exact) {
            ExactSum sum = new ExactSum();
            each(s, (i, at) -> sum.add(result.getDouble(at)));
            sum.write(out);
            return;
        }
        LeafFold fold = new LeafFold(spec);
        each(s, (i, at) -> {
            load(at, value);
            fold.add(i, value);
        });
        fold.total(value);
        spec.slot(0).write(out, value, 0);
    }

    /** Runs through all leaves of the space in order, and turns this rank's contributions into results. */
    private void finish(byte[][] payloads) {
        int self = loop.rank().rank();
        List<Segment> all = inOrder();
        Decoder[] in = new Decoder[payloads.length];
        java.util.Arrays.setAll(in, r -> new Decoder(payloads[r]));
        Slots carry = spec.identities();
        LeafFold total = new LeafFold(spec);
        Slots prefix = spec.identities();
        for (int n = 0; n < all.size(); n++) {
            Segment s = all.get(n);
            boolean first = n == 0 || !sameLeaf(all.get(n - 1), s);
            if (first) {
                spec.slot(0).identity(prefix, 0);
            }
            if (s.whole()) {
                spec.slot(0).read(in[s.rank()], value, 0);
                Slots leafTotal = spec.identities();
                spec.slot(0).copy(value, leafTotal, 0);
                if (s.rank() == self) {
                    each(s, (i, at) -> result(at, carry, prefix));
                }
                spec.slot(0).combine(carry, leafTotal, 0);
                continue;
            }
            for (long i = s.from(); i <= s.to(); i += space.step(last)) {
                spec.slot(0).read(in[s.rank()], value, 0);
                total.add(i, value);
                if (s.rank() == self) {
                    result(at(s, i), carry, prefix);
                } else {
                    spec.slot(0).combine(prefix, value, 0);
                }
            }
            if (n + 1 == all.size() || !sameLeaf(s, all.get(n + 1))) {
                total.total(value);
                spec.slot(0).combine(carry, value, 0);
            }
        }
    }

    /** Replaces the contribution at {@code at} by its result and adds it to the leaf's prefix. */
    private void result(int at, Slots carry, Slots prefix) {
        load(at, value);
        spec.slot(0).combine(prefix, value, 0);
        Slots r = spec.identities();
        spec.slot(0).copy(carry, r, 0);
        if (r.o[0] != null) {
            r.o[0] = ElemType.copyValue(r.o[0]);
        }
        spec.slot(0).combine(r, prefix, 0);
        store(at, r);
    }

    private static boolean sameLeaf(Segment a, Segment b) {
        return a.i0() == b.i0() && a.i1() == b.i1() && a.leaf() == b.leaf();
    }

    private List<Segment> segments(int rank) {
        List<Segment> found = new ArrayList<>();
        if (!loop.parts().nothing(rank)) {
            rows(rank, 0, new long[3], found);
        }
        return found;
    }

    private void rows(int rank, int d, long[] row, List<Segment> found) {
        Cuts cuts = loop.parts().cuts(rank, d);
        for (long k = 0; k < cuts.count(); k++) {
            long low = cuts.lo(k);
            long high = cuts.hi(k);
            if (d == last) {
                leaves(rank, low, high, row, found);
                continue;
            }
            for (long i = shape.atLeast(d, low); i <= high; i += space.step(d)) {
                row[d] = i;
                rows(rank, d + 1, row, found);
            }
        }
    }

    private void leaves(int rank, long low, long high, long[] row, List<Segment> found) {
        long i = shape.atLeast(last, low);
        while (i <= high) {
            long leaf = shape.position(last, i);
            long end = shape.atMost(last, Math.min(high, shape.end(last, leaf)));
            boolean whole = low <= shape.first(last, leaf) && high >= shape.end(last, leaf);
            found.add(new Segment(rank, last > 0 ? row[0] : 0, last > 1 ? row[1] : 0, leaf, i, end, whole));
            i = end + space.step(last);
        }
    }
}
