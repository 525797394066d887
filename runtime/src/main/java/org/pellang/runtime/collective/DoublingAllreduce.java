package org.pellang.runtime.collective;

import org.pellang.runtime.Op;

/** Allreduce by recursive doubling, for powers of two: the tree of {@link BinomialReduce}, computed by everybody. */
final class DoublingAllreduce {
    private DoublingAllreduce() {}

    static void run(Call call, Object buf, int off, int len, Op op) {
        if (call.size == 1) {
            return;
        }
        Object other = call.scratch(0, buf, len);
        for (int step = 1; step < call.size; step <<= 1) {
            int peer = call.rank ^ step;
            call.exchange(peer, buf, off, other, 0, len);
            if (peer > call.rank) {
                Combine.intoLeft(op, buf, off, other, 0, len);
            } else {
                Combine.intoRight(op, other, 0, buf, off, len);
            }
        }
    }
}
