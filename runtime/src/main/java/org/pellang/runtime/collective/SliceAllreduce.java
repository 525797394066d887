package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.progress.Receive;

/**
 * Allreduce of long vectors: rank r combines slice r of everybody along the tree of {@link BinomialReduce}, then the slices
 * go round. Bandwidth-optimal as Rabenseifner's algorithm, any number of ranks.
 */
final class SliceAllreduce {
    private SliceAllreduce() {}

    static void run(Call call, Object buf, int off, int len, Op op) {
        int p = call.size;
        int[] counts = new int[p];
        int[] displs = new int[p];
        for (int r = 0; r < p; r++) {
            int from = (int) ((long) len * r / p);
            counts[r] = (int) ((long) len * (r + 1) / p) - from;
            displs[r] = off + from;
        }
        int mine = counts[call.rank];
        Object[] parts = new Object[p];
        Receive[] receives = new Receive[p];
        for (int r = 0; r < p; r++) {
            parts[r] = Call.copyOf(buf, displs[call.rank], mine);
            if (r != call.rank) {
                receives[r] = call.post(r, parts[r], 0, mine);
            }
        }
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            call.send(peer, buf, displs[peer], counts[peer]);
        }
        for (int r = 0; r < p; r++) {
            if (r != call.rank) {
                receives[r].finish();
            }
        }
        for (int step = 1; step < p; step <<= 1) {
            for (int r = 0; r + step < p; r += 2 * step) {
                Combine.intoLeft(op, parts[r], 0, parts[r + step], 0, mine);
            }
        }
        Call.copy(parts[0], 0, buf, displs[call.rank], mine);
        RingAllgather.run(call, buf, counts, displs);
    }
}
