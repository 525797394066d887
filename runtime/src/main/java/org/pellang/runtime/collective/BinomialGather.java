package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.memory.Kind;

/** Gather of short parts of equal length up a binomial tree over the ranks counted from the root: each sends its whole branch. */
final class BinomialGather {
    private BinomialGather() {}

    static void run(Call call, Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        int p = call.size;
        int me = (call.rank - root + p) % p;
        int branch = me == 0 ? p : Math.min(Integer.lowestOneBit(me), p - me);
        Object parts = call.scratch(0, sendBuf, Math.multiplyExact(branch, len));
        Kind.copy(sendBuf, sendOff, parts, 0, len);
        for (int step = 1; step < branch; step <<= 1) {
            int n = Math.min(step, p - me - step);
            call.recv((me + step + root) % p, parts, step * len, n * len);
        }
        if (me != 0) {
            call.send((me - Integer.lowestOneBit(me) + root) % p, parts, 0, branch * len);
            return;
        }
        if (recvBuf == null) {
            throw new CommException("gather: the root has no buffer");
        }
        for (int k = 0; k < p; k++) {
            Kind.copy(parts, k * len, recvBuf, recvOff + (root + k) % p * len, len);
        }
    }
}
