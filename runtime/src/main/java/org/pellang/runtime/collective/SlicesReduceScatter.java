package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.progress.Receive;

/** Reduce-scatter: everybody sends block r to rank r, which combines what comes along the tree of {@link BinomialReduce}. */
final class SlicesReduceScatter {
    private SlicesReduceScatter() {}

    /** Block r of {@code buf} combined to rank r, into {@code target}. {@code buf} is left as it is, unless {@code target} lies in it. */
    static void run(Call call, Object buf, int[] counts, int[] displs, Object target, int targetOff, Op op) {
        int p = call.size;
        int n = counts[call.rank];
        Object[] parts = new Object[p];
        Receive[] receives = new Receive[p];
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            parts[peer] = call.scratch(peer, buf, n);
            receives[peer] = call.post(peer, parts[peer], 0, n);
        }
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            call.send(peer, buf, displs[peer], counts[peer]);
        }
        for (int k = 1; k < p; k++) {
            receives[(call.rank + k) % p].finish();
        }
        Call.copy(buf, displs[call.rank], target, targetOff, n);
        parts[call.rank] = target;
        SliceAllreduce.combine(call.rank, parts, targetOff, n, op);
    }
}
