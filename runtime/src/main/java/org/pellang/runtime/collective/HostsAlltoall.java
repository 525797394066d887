package org.pellang.runtime.collective;

import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/**
 * All-to-all of short blocks over hosts: within a host directly; what goes to other hosts by way of the first rank of each, in one message for each
 * pair of hosts. Its blocks are ordered by sender, then by receiver.
 */
final class HostsAlltoall {
    private final Call call;
    private final Hosts hosts;
    private final Object recvBuf;
    private final int recvOff;
    private final int len;
    private final int host;
    private final int[] here;
    private final int away;

    private HostsAlltoall(Call call, Hosts hosts, Object recvBuf, int recvOff, int len) {
        this.call = call;
        this.hosts = hosts;
        this.recvBuf = recvBuf;
        this.recvOff = recvOff;
        this.len = len;
        this.host = hosts.of(call.rank);
        this.here = hosts.ranksOf(host);
        this.away = call.size - here.length;
    }

    static void run(Call call, Hosts hosts, Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        new HostsAlltoall(call, hosts, recvBuf, recvOff, len).run(sendBuf, sendOff);
    }

    private void run(Object sendBuf, int sendOff) {
        Kind kind = Kind.of(sendBuf);
        Object out = kind.allocate(away * len);
        int at = 0;
        for (int h = 0; h < hosts.count(); h++) {
            for (int r : h == host ? new int[0] : hosts.ranksOf(h)) {
                Kind.copy(sendBuf, sendOff + r * len, out, len * at++, len);
            }
        }
        within(sendBuf, sendOff);
        if (call.rank != here[0]) {
            Object in = kind.allocate(away * len);
            Receive receive = call.post(here[0], in, 0, away * len);
            call.send(here[0], out, 0, away * len);
            receive.finish();
            place(in, 0);
            return;
        }
        Object all = kind.allocate(here.length * away * len);
        Kind.copy(out, 0, all, 0, away * len);
        for (int k = 1; k < here.length; k++) {
            call.recv(here[k], all, k * away * len, away * len);
        }
        between(kind, all);
    }

    private void within(Object sendBuf, int sendOff) {
        Receive[] receives = new Receive[here.length];
        for (int k = 0; k < here.length; k++) {
            if (here[k] != call.rank) {
                receives[k] = call.post(here[k], recvBuf, recvOff + here[k] * len, len);
            }
        }
        for (int r : here) {
            if (r != call.rank) {
                call.send(r, sendBuf, sendOff + r * len, len);
            }
        }
        Call.copy(sendBuf, sendOff + call.rank * len, recvBuf, recvOff + call.rank * len, len);
        for (int k = 0; k < here.length; k++) {
            if (here[k] != call.rank) {
                receives[k].finish();
            }
        }
    }

    /** Of the first rank of each host. @param all what the ranks here send away: for each of them, in order of the other hosts and their ranks */
    private void between(Kind kind, Object all) {
        int n = hosts.count();
        Object[] in = new Object[n];
        Receive[] receives = new Receive[n];
        for (int k = 1; k < n; k++) {
            int other = (host - k + n) % n;
            int length = here.length * hosts.ranksOf(other).length * len;
            in[other] = kind.allocate(length);
            receives[other] = call.post(hosts.ranksOf(other)[0], in[other], 0, length);
        }
        int[] first = new int[n + 1];
        for (int h = 0; h < n; h++) {
            first[h + 1] = first[h] + (h == host ? 0 : hosts.ranksOf(h).length);
        }
        for (int k = 1; k < n; k++) {
            int other = (host + k) % n;
            int there = hosts.ranksOf(other).length;
            Object out = kind.allocate(here.length * there * len);
            for (int i = 0; i < here.length; i++) {
                Kind.copy(all, (i * away + first[other]) * len, out, i * there * len, there * len);
            }
            call.send(hosts.ranksOf(other)[0], out, 0, here.length * there * len);
        }
        for (int k = 1; k < n; k++) {
            receives[(host - k + n) % n].finish();
        }
        hand(kind, in);
    }

    /** To the ranks here what came for them, in order of the other hosts and their ranks. */
    private void hand(Kind kind, Object[] in) {
        for (int i = here.length - 1; i >= 0; i--) {
            Object mine = kind.allocate(away * len);
            int at = 0;
            for (int h = 0; h < hosts.count(); h++) {
                for (int s = 0; h != host && s < hosts.ranksOf(h).length; s++) {
                    Kind.copy(in[h], (s * here.length + i) * len, mine, len * at++, len);
                }
            }
            if (i == 0) {
                place(mine, 0);
            } else {
                call.send(here[i], mine, 0, away * len);
            }
        }
    }

    private void place(Object in, int from) {
        int at = from;
        for (int h = 0; h < hosts.count(); h++) {
            for (int r : h == host ? new int[0] : hosts.ranksOf(h)) {
                Kind.copy(in, len * at++, recvBuf, recvOff + r * len, len);
            }
        }
    }
}
