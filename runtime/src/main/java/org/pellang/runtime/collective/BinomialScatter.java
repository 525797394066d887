package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.memory.Kind;

/** Scatter of short parts of equal length down a binomial tree over the ranks counted from the root: each gets its whole branch. */
final class BinomialScatter {
    private BinomialScatter() {}

    static void run(Call call, @Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        int p = call.size;
        int me = (call.rank - root + p) % p;
        int branch = me == 0 ? p : Math.min(Integer.lowestOneBit(me), p - me);
        Object parts = call.scratch(0, recvBuf, Math.multiplyExact(branch, len));
        if (me != 0) {
            call.recv((me - Integer.lowestOneBit(me) + root) % p, parts, 0, branch * len);
        } else if (sendBuf == null) {
            throw new CommException("scatter: the root has no buffer");
        } else {
            for (int k = 0; k < p; k++) {
                Kind.copy(sendBuf, sendOff + (root + k) % p * len, parts, k * len, len);
            }
        }
        for (int step = Integer.highestOneBit(Math.max(1, branch - 1)); step > 0; step >>= 1) {
            if (step < branch) {
                call.send((me + step + root) % p, parts, step * len, Math.min(step, p - me - step) * len);
            }
        }
        Kind.copy(parts, 0, recvBuf, recvOff, len);
    }
}
