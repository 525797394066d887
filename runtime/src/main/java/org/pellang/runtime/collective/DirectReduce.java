package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/**
 * Reduction of long vectors among threads: everybody opens its array to all others; rank r combines slice r along the tree of {@link BinomialReduce},
 * in blocks that stay in the first-level cache, and writes the result into the root's array.
 */
final class DirectReduce {
    private static final int BLOCK_BYTES = 4096;

    private DirectReduce() {}

    static void run(Call call, Object buf, int off, int len, Op op, int root) {
        int p = call.size;
        OpenArrays open = new OpenArrays(call, buf, off, len);
        int block = BLOCK_BYTES / Kind.of(buf).bytes();
        int end = (int) ((long) len * (call.rank + 1) / p);
        for (int at = (int) ((long) len * call.rank / p); at < end; at += block) {
            combine(call, open.arrays(), open.offsets(), at, Math.min(block, end - at), op, root);
        }
        open.giveBack();
    }

    /** Left operands are copied, since only the root's array may change. */
    private static void combine(Call call, Object[] arrays, int[] offsets, int at, int n, Op op, int root) {
        int p = arrays.length;
        for (int step = 1; step < p; step <<= 1) {
            for (int r = 0; r + step < p; r += 2 * step) {
                Object left = step == 1 ? call.scratchCopy(r, arrays[r], offsets[r] + at, n) : call.scratch(r, arrays[r], n);
                // Nobody was to its right.
                boolean leaf = step == 1 || r + step + 1 >= p;
                Object right = leaf ? arrays[r + step] : call.scratch(r + step, arrays[r], n);
                Combine.intoLeft(op, left, 0, right, leaf ? offsets[r + step] + at : 0, n);
            }
        }
        Kind.copy(p == 1 ? arrays[0] : call.scratch(0, arrays[0], n), p == 1 ? offsets[0] + at : 0, arrays[root], offsets[root] + at, n);
    }
}
