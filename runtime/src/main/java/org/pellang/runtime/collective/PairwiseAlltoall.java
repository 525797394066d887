package org.pellang.runtime.collective;

import org.pellang.runtime.progress.Receive;

/** All-to-all of long blocks of equal length: in round k to the rank k further and from the one k before, one at a time. */
final class PairwiseAlltoall {
    private PairwiseAlltoall() {}

    static void run(Call call, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        int p = call.size;
        Call.copy(sendBuf, sendOff + call.rank * len, recvBuf, recvOff + call.rank * len, len);
        for (int k = 1; k < p; k++) {
            int to = (call.rank + k) % p;
            int from = (call.rank - k + p) % p;
            Receive receive = call.post(from, recvBuf, recvOff + from * len, len);
            call.send(to, sendBuf, sendOff + to * len, len);
            receive.finish();
        }
    }
}
