package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/** Gather of equal parts over hosts: to one rank of each host, and from there in one message to the root. */
final class HostsGather {
    private HostsGather() {}

    static void run(Call call, Hosts hosts, Object sendBuf, int sendOff, int len, @Nullable Object recvBuf, int recvOff, int root) {
        int host = hosts.of(call.rank);
        int[] here = hosts.ranksOf(host);
        int leader = hosts.leader(host, root);
        if (call.rank != leader) {
            call.send(leader, sendBuf, sendOff, len);
            return;
        }
        Kind kind = Kind.of(sendBuf);
        Object parts = kind.allocate(Math.multiplyExact(here.length, len));
        for (int k = 0; k < here.length; k++) {
            if (here[k] == leader) {
                Kind.copy(sendBuf, sendOff, parts, k * len, len);
            } else {
                call.recv(here[k], parts, k * len, len);
            }
        }
        if (leader != root) {
            call.send(root, parts, 0, here.length * len);
            return;
        }
        if (recvBuf == null) {
            throw new CommException("gather: the root has no buffer");
        }
        Object[] of = new Object[hosts.count()];
        Receive[] receives = new Receive[of.length];
        for (int h = 0; h < of.length; h++) {
            if (h != host) {
                of[h] = kind.allocate(Math.multiplyExact(hosts.ranksOf(h).length, len));
                receives[h] = call.post(hosts.leader(h, root), of[h], 0, hosts.ranksOf(h).length * len);
            }
        }
        for (int h = 0; h < of.length; h++) {
            if (h != host) {
                receives[h].finish();
            }
            Object from = h == host ? parts : of[h];
            int[] there = hosts.ranksOf(h);
            for (int k = 0; k < there.length; k++) {
                Kind.copy(from, k * len, recvBuf, recvOff + there[k] * len, len);
            }
        }
    }
}
