package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.progress.Send;

/**
 * Allgather of short parts among few ranks: everybody sends to everybody, from where its part is. What lies there has often not changed since the others
 * read it last, and is still in their caches; a copy in the result never is.
 */
final class DirectAllgather {
    private DirectAllgather() {}

    /** @param isShort whether the parts are short enough to be sent before receives are posted */
    static void run(Call call, Object mine, int off, Object buf, int[] counts, int[] displs, boolean isShort) {
        int p = call.size;
        if (isShort) {
            runShort(call, mine, off, buf, counts, displs);
            return;
        }
        Receive[] receives = new Receive[p];
        for (int k = 1; k < p; k++) {
            int peer = (call.rank - k + p) % p;
            receives[peer] = call.post(peer, buf, displs[peer], counts[peer]);
        }
        Call.copy(mine, off, buf, displs[call.rank], counts[call.rank]);
        for (int k = 1; k < p; k++) {
            call.send((call.rank + k) % p, mine, off, counts[call.rank]);
        }
        for (int k = 1; k < p; k++) {
            receives[(call.rank - k + p) % p].finish();
        }
    }

    private static void runShort(Call call, Object mine, int off, Object buf, int[] counts, int[] displs) {
        int p = call.size;
        @Nullable Send[] late = null;
        for (int k = 1; k < p; k++) {
            late = Call.keep(late, p, k, call.sendSoon((call.rank + k) % p, mine, off, counts[call.rank]));
        }
        Call.copy(mine, off, buf, displs[call.rank], counts[call.rank]);
        for (int k = 1; k < p; k++) {
            int peer = (call.rank - k + p) % p;
            call.recv(peer, buf, displs[peer], counts[peer]);
        }
        Call.await(late);
    }
}
