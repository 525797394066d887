package org.pellang.runtime.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * Sums of floats that are rounded once, beside whatever runs the loop: its kernel is called for one iteration at a time, whose contributions go into
 * {@link ExactSum}s; what runs the loop sees zeros in their place, and leaves of all other operators as they always are.
 */
final class ExactReduce {
    private final ParallelLoop loop;
    private final ReduceSpec spec;
    private final int[] slots;
    /** Whether other operators need the tree. */
    private final boolean others;
    private final Map<Thread, Worker> workers = new ConcurrentHashMap<>();

    private ExactReduce(ParallelLoop loop, ReduceSpec spec, int[] slots) {
        this.loop = loop;
        this.spec = spec;
        this.slots = slots;
        this.others = slots.length < spec.treeSlots().length;
    }

    /** Null: the loop has no sums of floats, or they need not be exact. */
    static @Nullable ExactReduce of(ParallelLoop loop, ReduceSpec spec) {
        if (SumMode.chosen() != SumMode.EXACT || spec.treeSlots().length == 0) {
            return null;
        }
        int[] slots = java.util.Arrays.stream(spec.treeSlots()).filter(s -> spec.slot(s).isFloatSum()).toArray();
        return slots.length == 0 ? null : new ExactReduce(loop, spec, slots);
    }

    /** What one thread has. */
    private final class Worker {
        final Slots one = spec.identities();
        final CutLeaf leaf = new CutLeaf(spec);
        final TreeStack stack = new TreeStack(spec);
        final ExactSlot[] sums = sums();
    }

    private ExactSlot[] sums() {
        ExactSlot[] sums = new ExactSlot[slots.length];
        java.util.Arrays.setAll(sums, k -> ExactSlot.of(spec.slot(slots[k]), slots[k]));
        return sums;
    }

    /** The kernel that what runs the loop is to call. */
    LeafKernel around(LeafKernel kernel) {
        Domain space = loop.space();
        long step = space.step(space.axes() - 1);
        return (i0, i1, from, to, out) -> {
            Worker w = workers.computeIfAbsent(Thread.currentThread(), thread -> new Worker());
            for (long i = from; i <= to; i += step) {
                kernel.leaf(i0, i1, i, i, w.one);
                for (ExactSlot sum : w.sums) {
                    sum.add(w.one);
                }
                spec.identity(w.one, slots);
                if (others) {
                    w.leaf.add(w.stack, 0, i, w.one);
                    spec.identity(w.one, spec.treeSlots());
                }
                spec.combine(out, w.one, spec.freeSlots());
                spec.identity(w.one, spec.freeSlots());
            }
            if (others) {
                w.leaf.flush(w.stack);
                w.stack.finish(out);
            }
        };
    }

    /** Puts the sums of all ranks into the values of the other slots. Collective. */
    Slots result(Slots values) {
        ExactSlot[] total = sums();
        Encoder out = new Encoder();
        for (int k = 0; k < slots.length; k++) {
            for (Worker w : workers.values()) {
                total[k].add(w.sums[k]);
            }
            total[k].write(out);
        }
        if (loop.rank().size() > 1) {
            total = sums();
            for (byte[] part : loop.allgather("reduce", out.toBytes())) {
                Decoder in = new Decoder(part);
                for (ExactSlot sum : total) {
                    sum.add(in);
                }
            }
        }
        for (ExactSlot sum : total) {
            sum.round(values);
        }
        return values;
    }
}
