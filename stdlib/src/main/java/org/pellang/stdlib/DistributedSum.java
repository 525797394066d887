package org.pellang.stdlib;

import java.util.function.DoubleUnaryOperator;
import org.pellang.runtime.Op;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.loop.ParallelLoop;
import org.pellang.runtime.loop.ReduceSpec;
import org.pellang.runtime.loop.Slots;
import org.pellang.runtime.loop.TreeReduce;

/** Sums over the parts of a distributed array where they are, with the bits of {@link TreeSum}. */
final class DistributedSum {
    private static final int LANES = 16;

    private final PelArray array;
    private final DoubleUnaryOperator term;

    private DistributedSum(PelArray array, DoubleUnaryOperator term) {
        this.array = array;
        this.term = term;
    }

    /** Collective: the sum of {@code term(element)}, on every rank. */
    static double of(Rank rank, Site site, PelArray array, DoubleUnaryOperator term) {
        ParallelLoop loop = ParallelLoop.over(rank, site, array.domain());
        return TreeReduce.run(loop, new ReduceSpec().floats(Op.SUM), new DistributedSum(array, term)::leaf).f[0];
    }

    /** Collective: the sum of an array of ints, wrapping, on every rank. */
    static long ofInts(Rank rank, Site site, PelArray array) {
        ParallelLoop loop = ParallelLoop.over(rank, site, array.domain());
        DistributedSum sum = new DistributedSum(array, DoubleUnaryOperator.identity());
        return TreeReduce.run(loop, new ReduceSpec().ints(Op.SUM), sum::intLeaf).l[0];
    }

    private void leaf(long i0, long i1, long from, long to, Slots out) {
        double[] lanes = new double[LANES];
        long step = step();
        for (long j = from; j <= to; j += step) {
            lanes[(int) Math.floorMod(j, (long) LANES)] += term.applyAsDouble(array.getDouble(place(i0, i1, j)));
        }
        out.f[0] = TreeSum.halve(lanes);
    }

    private void intLeaf(long i0, long i1, long from, long to, Slots out) {
        long step = step();
        for (long j = from; j <= to; j += step) {
            out.l[0] += array.getLong(place(i0, i1, j));
        }
    }

    private long step() {
        return array.domain().step(array.axes() - 1);
    }

    private int place(long i0, long i1, long j) {
        return switch (array.axes()) {
            case 1 -> array.at(j);
            case 2 -> array.at(i0, j);
            default -> array.at(i0, i1, j);
        };
    }
}
