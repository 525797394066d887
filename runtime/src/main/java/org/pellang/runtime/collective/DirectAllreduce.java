package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.progress.Sharing;

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
        Sharing[] open = new Sharing[p];
        Receive[] views = new Receive[p];
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            views[peer] = call.postView(peer, buf, len);
            open[peer] = call.share(peer, buf, off, len);
        }
        Object[] arrays = new Object[p];
        int[] offsets = new int[p];
        for (int r = 0; r < p; r++) {
            arrays[r] = r == call.rank ? buf : views[r].awaitView();
            offsets[r] = r == call.rank ? off : views[r].viewOffset();
        }
        int end = (int) ((long) len * (call.rank + 1) / p);
        for (int at = (int) ((long) len * call.rank / p); at < end; at += BLOCK) {
            combine(arrays, offsets, at, Math.min(BLOCK, end - at), op);
        }
        for (int k = 1; k < p; k++) {
            views[(call.rank + k) % p].releaseView();
        }
        for (int k = 1; k < p; k++) {
            open[(call.rank + k) % p].await();
        }
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
