package org.pellang.runtime.loop;

import java.util.Arrays;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Runs a loop whose sums of floats are correctly rounded: one iteration at a time, whose contribution goes into an {@link ExactSum}. */
final class ExactReduce {
    private final ParallelLoop loop;
    private final ReduceSpec spec;
    private final LeafKernel kernel;
    private final ExactSum[] sums;
    private final Slots one;
    private final Slots total;

    private ExactReduce(ParallelLoop loop, ReduceSpec spec, LeafKernel kernel) {
        this.loop = loop;
        this.spec = spec;
        this.kernel = kernel;
        this.one = spec.identities();
        this.total = spec.identities();
        this.sums = new ExactSum[spec.treeSlots().length];
        Arrays.setAll(sums, k -> new ExactSum());
    }

    /** Whether all that needs an order is a sum of floats. */
    static boolean can(ReduceSpec spec) {
        return spec.treeSlots().length > 0 && Arrays.stream(spec.treeSlots()).allMatch(s -> spec.slot(s) == Reduction.OfDouble.SUM);
    }

    static Slots run(ParallelLoop loop, ReduceSpec spec, LeafKernel kernel) {
        ExactReduce reduce = new ExactReduce(loop, spec, kernel);
        for (long k = 0; k < loop.runs(); k++) {
            Box box = loop.run(k);
            if (!box.isEmpty()) {
                reduce.rows(box, 0, new long[3]);
            }
        }
        return reduce.combined();
    }

    private void rows(Box box, int d, long[] index) {
        Domain space = loop.space();
        int last = space.axes() - 1;
        long step = space.step(d);
        long first = space.lo(d) + Math.ceilDiv(Math.max(0, box.lo()[d] - space.lo(d)), step) * step;
        for (long i = first; i <= box.hi()[d]; i += step) {
            index[d] = i;
            if (d < last) {
                rows(box, d + 1, index);
            } else {
                iteration(last > 0 ? index[0] : 0, last > 1 ? index[1] : 0, i);
            }
        }
    }

    private void iteration(long i0, long i1, long i) {
        kernel.leaf(i0, i1, i, i, one);
        int[] tree = spec.treeSlots();
        for (int k = 0; k < tree.length; k++) {
            sums[k].add(one.f[tree[k]]);
        }
        spec.identity(one, tree);
        spec.combine(total, one, spec.freeSlots());
        spec.identity(one, spec.freeSlots());
    }

    private Slots combined() {
        if (loop.rank().size() > 1) {
            Encoder out = new Encoder();
            for (ExactSum sum : sums) {
                sum.write(out);
            }
            spec.write(out, total, spec.freeSlots());
            byte[][] all = loop.allgather("reduce", out.toBytes());
            Slots theirs = spec.identities();
            spec.identity(total, spec.freeSlots());
            Arrays.setAll(sums, k -> new ExactSum());
            for (byte[] part : all) {
                Decoder in = new Decoder(part);
                for (ExactSum sum : sums) {
                    sum.add(in);
                }
                spec.read(in, theirs, spec.freeSlots());
                spec.combine(total, theirs, spec.freeSlots());
            }
        }
        for (int k = 0; k < sums.length; k++) {
            total.f[spec.treeSlots()[k]] = sums[k].rounded();
        }
        return total;
    }
}
