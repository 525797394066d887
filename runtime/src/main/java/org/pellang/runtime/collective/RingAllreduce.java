package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.progress.Receive;

/** Allreduce round the ranks (Patarasuk and Yuan 2009): every slice is combined beginning at another rank, so only where any order gives the same bits. */
final class RingAllreduce {
    private RingAllreduce() {}

    static void run(Call call, Object buf, int off, int len, Op op) {
        int p = call.size;
        Slices slices = Slices.of(off, len, p);
        Object in = call.scratch(0, buf, (len + p - 1) / p);
        int right = (call.rank + 1) % p;
        int left = (call.rank + p - 1) % p;
        for (int k = 0; k < p - 1; k++) {
            int out = (call.rank - k + p) % p;
            int next = (call.rank - k - 1 + p) % p;
            Receive receive = call.post(left, in, 0, slices.counts()[next]);
            call.send(right, buf, slices.displs()[out], slices.counts()[out]);
            receive.finish();
            Combine.intoLeft(op, buf, slices.displs()[next], in, 0, slices.counts()[next]);
        }
        // Rank r has slice r + 1 now.
        int[] counts = new int[p];
        int[] displs = new int[p];
        for (int r = 0; r < p; r++) {
            counts[r] = slices.counts()[(r + 1) % p];
            displs[r] = slices.displs()[(r + 1) % p];
        }
        RingAllgather.run(call, buf, counts, displs);
    }
}
