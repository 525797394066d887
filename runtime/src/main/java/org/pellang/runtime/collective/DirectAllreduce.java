package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/**
 * Allreduce of long vectors among threads: everybody opens its array to all others; rank r combines slice r, in place in the
 * arrays themselves along the tree of {@link BinomialReduce}, and writes the result into all of them. No temporary memory.
 */
final class DirectAllreduce {
    /** Elements combined at a time: the blocks of all ranks stay in the first-level cache. */
    private static final int BLOCK = 1024;

    private DirectAllreduce() {}

    static void run(Call call, Object buf, int off, int len, Op op) {
        int p = call.size;
        OpenArrays open = new OpenArrays(call, buf, off, len);
        int end = (int) ((long) len * (call.rank + 1) / p);
        for (int at = (int) ((long) len * call.rank / p); at < end; at += BLOCK) {
            combine(open.arrays(), open.offsets(), at, Math.min(BLOCK, end - at), op);
        }
        open.giveBack();
    }

    private static void combine(Object[] arrays, int[] offsets, int at, int n, Op op) {
        int p = arrays.length;
        for (int step = 1; step < p; step <<= 1) {
            for (int r = 0; r + step < p; r += 2 * step) {
                Combine.intoLeft(op, arrays[r], offsets[r] + at, arrays[r + step], offsets[r + step] + at, n);
            }
        }
        for (int r = 1; r < p; r++) {
            Kind.copy(arrays[0], offsets[0] + at, arrays[r], offsets[r] + at, n);
        }
    }
}
