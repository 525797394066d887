package org.pellang.runtime.collective;

import org.pellang.runtime.progress.Receive;

/** Allgather of long parts: p - 1 steps around a ring. This rank's part lies in place already. */
final class RingAllgather {
    private RingAllgather() {}

    static void run(Call call, Object buf, int[] counts, int[] displs) {
        int p = call.size;
        int right = (call.rank + 1) % p;
        int left = (call.rank + p - 1) % p;
        for (int k = 0; k < p - 1; k++) {
            int out = (call.rank - k + p) % p;
            int in = (call.rank - k - 1 + p) % p;
            Receive receive = call.post(left, buf, displs[in], counts[in]);
            call.send(right, buf, displs[out], counts[out]);
            receive.finish();
        }
    }
}
