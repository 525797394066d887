package org.pellang.runtime.loop;

import java.util.Arrays;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Runs a reducing loop: the fixed binary tree over the global index, so that every number of ranks gives the same bits. Each rank combines the complete
 * nodes of its part, O(log n) of them if it has whole rows, and the single elements of leaves that a boundary cuts; all ranks exchange these and finish
 * the tree. Source: {@code docs/architecture.md}, section Reductions.
 */
public final class TreeReduce {
    private final ParallelLoop loop;
    private final Domain space;
    private final TreeShape shape;
    private final ReduceSpec spec;
    private final LeafKernel kernel;
    private final int last;
    private final TreeStack[] stacks;
    private final Slots[] rows;
    private final Slots leaf;
    private final Slots total;
    private final long[] row = new long[3];

    private TreeReduce(ParallelLoop loop, ReduceSpec spec, Slots free, LeafKernel kernel) {
        this.loop = loop;
        this.space = loop.space();
        this.shape = new TreeShape(space);
        this.spec = spec;
        this.kernel = kernel;
        this.last = space.axes() - 1;
        this.stacks = new TreeStack[space.axes()];
        Arrays.setAll(stacks, d -> new TreeStack(spec));
        this.rows = new Slots[space.axes()];
        Arrays.setAll(rows, d -> spec.identities());
        this.leaf = spec.identities();
        this.total = spec.identities();
        spec.copy(free, total, spec.freeSlots());
    }

    /** Runs this rank's iterations and combines with all other ranks; every rank gets the same values. Collective. */
    public static Slots run(ParallelLoop loop, ReduceSpec spec, LeafKernel untimed) {
        LeafKernel kernel = Timed.leaf(loop, untimed);
        ExactReduce exact = ExactReduce.of(loop, spec);
        return exact == null ? onTree(loop, spec, kernel) : exact.result(onTree(loop, spec, exact.around(kernel)));
    }

    private static Slots onTree(ParallelLoop loop, ReduceSpec spec, LeafKernel kernel) {
        if (loop.workers().count() > 1) {
            return LeafLog.onThreads(loop, spec, kernel);
        }
        return run(loop, spec, spec.identities(), kernel);
    }

    /** As the other one; {@code free} holds this rank's values of the slots that need no tree. */
    static Slots run(ParallelLoop loop, ReduceSpec spec, Slots free, LeafKernel kernel) {
        if (loop.rank().size() == 1) {
            return whole(loop, spec, free, kernel);
        }
        TreeReduce reduce = new TreeReduce(loop, spec, free, kernel);
        return SumMode.chosen() == SumMode.FAST ? reduce.byRank() : reduce.divided();
    }

    /** Evaluates the whole tree on this rank alone, which has the values of all leaves. */
    static Slots whole(ParallelLoop loop, ReduceSpec spec, Slots free, LeafKernel kernel) {
        TreeReduce reduce = new TreeReduce(loop, spec, free, kernel);
        if (!loop.space().box().isEmpty()) {
            loop.run(0);
            reduce.fold(0, loop.space().lo(0), loop.space().hi(0), reduce.total);
        }
        return reduce.total;
    }

    /** Combines slots that are all exactly associative: {@code local} holds this rank's values and gets the result. Collective. */
    public static Slots freeOnly(ParallelLoop loop, ReduceSpec spec, Slots local) {
        if (spec.treeSlots().length > 0) {
            throw new IllegalArgumentException("float sums and products need the tree");
        }
        if (loop.rank().size() == 1) {
            return local;
        }
        Slots single = FreeReduce.single(loop, spec, local);
        if (single != null) {
            return single;
        }
        Encoder out = new Encoder();
        spec.write(out, local, spec.freeSlots());
        Slots value = spec.identities();
        Slots result = spec.identities();
        for (byte[] part : loop.allgather("reduce", out.toBytes())) {
            spec.read(new Decoder(part), value, spec.freeSlots());
            spec.combine(result, value, spec.freeSlots());
        }
        return result;
    }

    private Slots divided() {
        Parts parts = loop.parts();
        int axis = shape.splitAxis(parts);
        Encoder out = new Encoder(256);
        if (!parts.nothing(loop.rank().rank())) {
            lines(axis, 0, () -> fragments(axis, out));
        }
        spec.write(out, total, spec.freeSlots());
        byte[][] payloads = loop.allgather("reduce", out.toBytes());
        return new TreeGather(space, shape, spec, parts, axis, payloads).result();
    }

    /** Each rank's part on a tree of its own, then the ranks in order. */
    private Slots byRank() {
        int axis = shape.splitAxis(loop.parts());
        Slots part = spec.identities();
        Slots piece = spec.identities();
        if (!loop.parts().nothing(loop.rank().rank())) {
            lines(axis, 0, () -> {
                Cuts cuts = loop.parts().cuts(loop.rank().rank(), axis);
                for (long k = 0; k < cuts.count(); k++) {
                    loop.enter(firstOf(axis, cuts.lo(k)));
                    fold(axis, cuts.lo(k), cuts.hi(k), piece);
                    spec.combine(part, piece, spec.treeSlots());
                }
            });
        }
        Encoder out = new Encoder();
        spec.write(out, part, spec.treeSlots());
        spec.write(out, total, spec.freeSlots());
        Slots result = spec.identities();
        for (byte[] bytes : loop.allgather("reduce", out.toBytes())) {
            Decoder in = new Decoder(bytes);
            spec.read(in, piece, spec.treeSlots());
            spec.read(in, piece, spec.freeSlots());
            spec.combine(result, piece, spec.treeSlots());
            spec.combine(result, piece, spec.freeSlots());
        }
        return result;
    }

    /** Calls {@code action} for every row of axes 0..<axis that is this rank's, indices in {@link #row}. */
    private void lines(int axis, int d, Runnable action) {
        if (d == axis) {
            action.run();
            return;
        }
        Cuts cuts = loop.parts().cuts(loop.rank().rank(), d);
        for (long k = 0; k < cuts.count(); k++) {
            long hi = cuts.hi(k);
            for (long i = shape.atLeast(d, cuts.lo(k)); i <= hi; i += space.step(d)) {
                row[d] = i;
                lines(axis, d + 1, action);
            }
        }
    }

    /** Appends the nodes and cut leaves of one line of axis {@code d}, in index order. */
    private void fragments(int d, Encoder out) {
        Cuts cuts = loop.parts().cuts(loop.rank().rank(), d);
        for (long k = 0; k < cuts.count(); k++) {
            loop.enter(firstOf(d, cuts.lo(k)));
            fragments(d, cuts.lo(k), cuts.hi(k), out);
        }
    }

    /** The first iteration of this row from index {@code i} of axis {@code d} on. */
    private long[] firstOf(int d, long i) {
        long[] first = new long[space.axes()];
        for (int e = 0; e < first.length; e++) {
            first[e] = e < d ? row[e] : e == d ? i : space.lo(e);
        }
        return first;
    }

    private void fragments(int d, long low, long high, Encoder out) {
        Slots value = spec.identities();
        Fragments.each(shape, d, low, high, new Fragments.Visitor() {
            @Override
            public void node(long position, long from, long to) {
                fold(d, from, to, value);
                spec.write(out, value, spec.treeSlots());
            }

            @Override
            public void element(long position, long i) {
                run(i, i);
                spec.write(out, leaf, spec.treeSlots());
                spec.identity(leaf, spec.treeSlots());
            }
        });
    }

    /** The value of the indices {@code from..to} of axis {@code d} (whole positions) at the present row. */
    private void fold(int d, long from, long to, Slots result) {
        TreeStack stack = stacks[d];
        stack.clear();
        if (d < last) {
            for (long i = shape.atLeast(d, from); i <= to; i += space.step(d)) {
                row[d] = i;
                fold(d + 1, space.lo(d + 1), space.hi(d + 1), rows[d]);
                stack.push(shape.position(d, i), rows[d]);
            }
        } else {
            long i = shape.atLeast(d, from);
            while (i <= to) {
                long position = shape.position(d, i);
                long end = shape.atMost(d, Math.min(to, shape.end(d, position)));
                run(i, end);
                stack.push(position, leaf);
                spec.identity(leaf, spec.treeSlots());
                i = end + space.step(d);
            }
        }
        stack.finish(result);
    }

    /** One call of the kernel; free slots go into the total at once. */
    private void run(long from, long to) {
        kernel.leaf(last > 0 ? row[0] : 0, last > 1 ? row[1] : 0, from, to, leaf);
        int[] free = spec.freeSlots();
        if (free.length > 0) {
            spec.combine(total, leaf, free);
            spec.identity(leaf, free);
        }
    }
}
