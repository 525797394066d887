package org.pellang.runtime.collective;

import org.pellang.runtime.CommException;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.progress.Send;

/** All-to-all: receives from up to 32 ranks posted, then sends to as many, in order from this rank on. */
final class ScatteredAlltoall {
    private static final int AT_ONCE = 32;

    private ScatteredAlltoall() {}

    static void run(Call call, Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        int p = call.size;
        int me = call.rank;
        if (sendCounts[me] != recvCounts[me]) {
            throw new CommException("alltoall: rank " + me + " sends itself " + sendCounts[me] + " elements and expects " + recvCounts[me]);
        }
        Call.copy(sendBuf, sendDispls[me], recvBuf, recvDispls[me], sendCounts[me]);
        Receive[] receives = new Receive[p];
        for (int from = 1; from < p; from += AT_ONCE) {
            int end = Math.min(from + AT_ONCE, p);
            for (int k = from; k < end; k++) {
                int peer = (me - k + p) % p;
                receives[peer] = call.post(peer, recvBuf, recvDispls[peer], recvCounts[peer]);
            }
            for (int k = from; k < end; k++) {
                int peer = (me + k) % p;
                call.send(peer, sendBuf, sendDispls[peer], sendCounts[peer]);
            }
            for (int k = from; k < end; k++) {
                receives[(me - k + p) % p].finish();
            }
        }
    }

    /** Short blocks of equal length: all are sent before any is received. */
    static void runShort(Call call, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        int p = call.size;
        int me = call.rank;
        @Nullable Send[] late = null;
        for (int k = 1; k < p; k++) {
            int peer = (me + k) % p;
            late = Call.keep(late, p, k, call.sendSoon(peer, sendBuf, sendOff + peer * len, len));
        }
        Call.copy(sendBuf, sendOff + me * len, recvBuf, recvOff + me * len, len);
        for (int k = 1; k < p; k++) {
            int peer = (me - k + p) % p;
            call.recv(peer, recvBuf, recvOff + peer * len, len);
        }
        Call.await(late);
    }

    static byte[][] runBytes(Call call, byte[][] payloads) {
        int p = call.size;
        if (payloads.length != p) {
            throw new CommException("alltoall: " + payloads.length + " payloads for " + p + " ranks");
        }
        Receive[] receives = new Receive[p];
        for (int r = 0; r < p; r++) {
            if (r != call.rank) {
                receives[r] = call.postAny(r);
            }
        }
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            call.give(peer, payloads[peer].clone());
        }
        byte[][] all = new byte[p][];
        for (int r = 0; r < p; r++) {
            all[r] = r == call.rank ? payloads[r].clone() : (byte[]) receives[r].awaitArray();
        }
        return all;
    }
}
