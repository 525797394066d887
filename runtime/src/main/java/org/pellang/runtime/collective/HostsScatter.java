package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;
import org.pellang.runtime.memory.Kind;

/** Scatter of equal parts over hosts: in one message to one rank of each host, and from there to the others. */
final class HostsScatter {
    private HostsScatter() {}

    static void run(Call call, Hosts hosts, @Nullable Object sendBuf, int sendOff, Object recvBuf, int recvOff, int len, int root) {
        int host = hosts.of(call.rank);
        int leader = hosts.leader(host, root);
        if (call.rank != leader) {
            call.recv(leader, recvBuf, recvOff, len);
            return;
        }
        Kind kind = Kind.of(recvBuf);
        Object parts = kind.allocate(Math.multiplyExact(hosts.ranksOf(host).length, len));
        if (call.rank != root) {
            call.recv(root, parts, 0, hosts.ranksOf(host).length * len);
        } else if (sendBuf == null) {
            throw new CommException("scatter: the root has no buffer");
        } else {
            for (int k = 1; k < hosts.count(); k++) {
                int[] there = hosts.ranksOf((host + k) % hosts.count());
                Object out = kind.allocate(Math.multiplyExact(there.length, len));
                pack(sendBuf, sendOff, there, out, len);
                call.send(hosts.leader(hosts.of(there[0]), root), out, 0, there.length * len);
            }
            pack(sendBuf, sendOff, hosts.ranksOf(host), parts, len);
        }
        int[] here = hosts.ranksOf(host);
        for (int k = 0; k < here.length; k++) {
            if (here[k] == leader) {
                Kind.copy(parts, k * len, recvBuf, recvOff, len);
            } else {
                call.send(here[k], parts, k * len, len);
            }
        }
    }

    private static void pack(Object sendBuf, int sendOff, int[] ranks, Object out, int len) {
        for (int k = 0; k < ranks.length; k++) {
            Kind.copy(sendBuf, sendOff + ranks[k] * len, out, k * len, len);
        }
    }
}
