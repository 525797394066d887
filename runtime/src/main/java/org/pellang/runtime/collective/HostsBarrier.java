package org.pellang.runtime.collective;

/** Barrier over hosts: the ranks of each host signal their first one, these disseminate among each other, and let their hosts go. */
final class HostsBarrier {
    private static final byte[] NOTHING = {};

    private HostsBarrier() {}

    static void run(Call call, Hosts hosts) {
        int host = hosts.of(call.rank);
        int[] here = hosts.ranksOf(host);
        if (call.rank != here[0]) {
            call.send(here[0], NOTHING, 0, 0);
            call.recv(here[0], NOTHING, 0, 0);
            return;
        }
        for (int k = 1; k < here.length; k++) {
            call.recv(here[k], NOTHING, 0, 0);
        }
        int n = hosts.count();
        for (int step = 1; step < n; step <<= 1) {
            call.send(hosts.ranksOf((host + step) % n)[0], NOTHING, 0, 0);
            call.recv(hosts.ranksOf((host - step + n) % n)[0], NOTHING, 0, 0);
        }
        for (int k = 1; k < here.length; k++) {
            call.send(here[k], NOTHING, 0, 0);
        }
    }
}
