package org.pellang.runtime.collective;

import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/** All-to-all of short blocks of equal length in ceil(log2 p) rounds, in which blocks travel by way of others (Bruck and others 1997). */
final class BruckAlltoall {
    private BruckAlltoall() {}

    static void run(Call call, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        int p = call.size;
        // Block k is on its way to the rank k further.
        Object blocks = call.scratch(0, sendBuf, Math.multiplyExact(p, len));
        for (int k = 0; k < p; k++) {
            Kind.copy(sendBuf, sendOff + (call.rank + k) % p * len, blocks, k * len, len);
        }
        Object out = call.scratch(1, sendBuf, (p + 1) / 2 * len);
        Object in = call.scratch(2, sendBuf, (p + 1) / 2 * len);
        for (int step = 1; step < p; step <<= 1) {
            int n = 0;
            for (int k = step; k < p; k++) {
                if ((k & step) != 0) {
                    Kind.copy(blocks, k * len, out, n++ * len, len);
                }
            }
            Receive receive = call.post((call.rank - step + p) % p, in, 0, n * len);
            call.send((call.rank + step) % p, out, 0, n * len);
            receive.finish();
            n = 0;
            for (int k = step; k < p; k++) {
                if ((k & step) != 0) {
                    Kind.copy(in, n++ * len, blocks, k * len, len);
                }
            }
        }
        for (int k = 0; k < p; k++) {
            Kind.copy(blocks, k * len, recvBuf, recvOff + (call.rank - k + p) % p * len, len);
        }
    }
}
