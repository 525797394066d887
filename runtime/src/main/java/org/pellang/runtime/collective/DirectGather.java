package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.progress.Receive;

/** Gather: everybody sends to the root, which has all receives posted. */
final class DirectGather {
    private DirectGather() {}

    static void run(Call call, Object sendBuf, int sendOff, int len,
            @Nullable Object recvBuf, int @Nullable [] counts, int @Nullable [] displs, int root) {
        if (call.rank != root) {
            call.send(root, sendBuf, sendOff, len);
            return;
        }
        if (recvBuf == null || counts == null || displs == null) {
            throw new CommException("gather: the root has no buffer");
        }
        if (counts[root] != len) {
            throw new CommException("gather: rank " + root + " has " + len + " elements, but counts say " + counts[root]);
        }
        Receive[] receives = new Receive[call.size];
        for (int r = 0; r < call.size; r++) {
            if (r != root) {
                receives[r] = call.post(r, recvBuf, displs[r], counts[r]);
            }
        }
        Call.copy(sendBuf, sendOff, recvBuf, displs[root], len);
        for (int r = 0; r < call.size; r++) {
            if (r != root) {
                receives[r].finish();
            }
        }
    }

    /** Of short parts of equal length: one after the other. */
    static void runShort(Call call, Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        if (call.rank != root) {
            call.send(root, sendBuf, sendOff, len);
            return;
        }
        if (recvBuf == null) {
            throw new CommException("gather: the root has no buffer");
        }
        Call.copy(sendBuf, sendOff, recvBuf, recvOff + root * len, len);
        for (int r = 0; r < call.size; r++) {
            if (r != root) {
                call.recv(r, recvBuf, recvOff + r * len, len);
            }
        }
    }

    static byte[][] runBytes(Call call, byte[] payload, int root) {
        if (call.rank != root) {
            call.give(root, payload.clone());
            return new byte[0][];
        }
        Receive[] receives = new Receive[call.size];
        for (int r = 0; r < call.size; r++) {
            if (r != root) {
                receives[r] = call.postAny(r);
            }
        }
        byte[][] all = new byte[call.size][];
        for (int r = 0; r < call.size; r++) {
            all[r] = r == root ? payload.clone() : (byte[]) receives[r].awaitArray();
        }
        return all;
    }
}
