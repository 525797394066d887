package org.pellang.runtime.collective;

import org.pellang.runtime.progress.Receive;

/** Allgather of short parts among few ranks: everybody sends to everybody. This rank's part lies in place already. */
final class DirectAllgather {
    private DirectAllgather() {}

    static void run(Call call, Object buf, int[] counts, int[] displs) {
        int p = call.size;
        Receive[] receives = new Receive[p];
        for (int k = 1; k < p; k++) {
            int peer = (call.rank - k + p) % p;
            receives[peer] = call.post(peer, buf, displs[peer], counts[peer]);
        }
        for (int k = 1; k < p; k++) {
            call.send((call.rank + k) % p, buf, displs[call.rank], counts[call.rank]);
        }
        for (int k = 1; k < p; k++) {
            receives[(call.rank - k + p) % p].finish();
        }
    }
}
