package org.pellang.runtime.loop;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Op;

/** The fast way for the commonest case: one exactly associative reduction of a number. */
final class FreeReduce {
    private FreeReduce() {}

    /** The result in {@code local}, or null if the specification is not of this kind. The same answer on all ranks. */
    static @Nullable Slots single(ParallelLoop loop, ReduceSpec spec, Slots local) {
        if (spec.size() != 1) {
            return null;
        }
        return switch (spec.slot(0)) {
            case Reduction.OfDouble op -> {
                local.f[0] = loop.comm().allreduce(loop.site(), local.f[0], op == Reduction.OfDouble.MIN ? Op.MIN : Op.MAX);
                yield local;
            }
            case Reduction.OfLong op -> {
                local.l[0] = loop.comm().allreduce(loop.site(), local.l[0], switch (op) {
                    case SUM -> Op.SUM;
                    case PROD -> Op.PROD;
                    case MIN -> Op.MIN;
                    case MAX -> Op.MAX;
                    case AND -> Op.BAND;
                    case OR -> Op.BOR;
                    case XOR -> Op.BXOR;
                });
                yield local;
            }
            case Reduction.Arg arg -> null;
            case Reduction.OfObject object -> null;
        };
    }
}
