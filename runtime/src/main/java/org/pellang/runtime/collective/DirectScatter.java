package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;

/** Scatter: the root sends to everybody. */
final class DirectScatter {
    private DirectScatter() {}

    static void run(Call call, @Nullable Object sendBuf, int @Nullable [] counts, int @Nullable [] displs,
            Object recvBuf, int recvOff, int len, int root) {
        if (call.rank != root) {
            call.recv(root, recvBuf, recvOff, len);
            return;
        }
        if (sendBuf == null || counts == null || displs == null) {
            throw new CommException("scatter: the root has no buffer");
        }
        if (counts[root] != len) {
            throw new CommException("scatter: rank " + root + " expects " + len + " elements, but counts say " + counts[root]);
        }
        for (int k = 1; k < call.size; k++) {
            int peer = (root + k) % call.size;
            call.send(peer, sendBuf, displs[peer], counts[peer]);
        }
        Call.copy(sendBuf, displs[root], recvBuf, recvOff, len);
    }

    /** Parts of equal length, in rank order. */
    static void run(Call call, @Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        if (call.rank != root) {
            call.recv(root, recvBuf, recvOff, len);
            return;
        }
        if (sendBuf == null) {
            throw new CommException("scatter: the root has no buffer");
        }
        for (int k = 1; k < call.size; k++) {
            int peer = (root + k) % call.size;
            call.send(peer, sendBuf, sendOff + peer * len, len);
        }
        Call.copy(sendBuf, sendOff + root * len, recvBuf, recvOff, len);
    }

    static byte[] runBytes(Call call, byte @Nullable [][] payloads, int root) {
        if (call.rank != root) {
            return call.take(root);
        }
        if (payloads == null || payloads.length != call.size) {
            throw new CommException("scatter: the root must give one payload per rank");
        }
        for (int k = 1; k < call.size; k++) {
            int peer = (root + k) % call.size;
            call.give(peer, payloads[peer].clone());
        }
        return payloads[root].clone();
    }
}
