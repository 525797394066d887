package org.pellang.runtime.collective;

import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/** Allgather over hosts: to the first rank of each host, between these in one message for each host, then all of it within each. Own parts lie in place already. */
final class HostsAllgather {
    private HostsAllgather() {}

    static void run(Call call, Hosts hosts, Object buf, int[] counts, int[] displs) {
        int host = hosts.of(call.rank);
        int[] here = hosts.ranksOf(host);
        Object all = Kind.of(buf).allocate(Packing.total(counts));
        if (call.rank != here[0]) {
            call.send(here[0], buf, displs[call.rank], counts[call.rank]);
            call.recv(here[0], all, 0, Packing.total(counts));
            unpack(hosts, all, buf, counts, displs);
            return;
        }
        for (int k = 1; k < here.length; k++) {
            call.recv(here[k], buf, displs[here[k]], counts[here[k]]);
        }
        exchange(call, hosts, host, buf, counts, displs, all);
        for (int k = 1; k < here.length; k++) {
            call.send(here[k], all, 0, Packing.total(counts));
        }
        unpack(hosts, all, buf, counts, displs);
    }

    private static void exchange(Call call, Hosts hosts, int host, Object buf, int[] counts, int[] displs, Object all) {
        int n = hosts.count();
        int[] starts = new int[n + 1];
        for (int h = 0; h < n; h++) {
            starts[h + 1] = starts[h] + Packing.length(counts, hosts.ranksOf(h));
        }
        Packing.pack(buf, counts, displs, hosts.ranksOf(host), all, starts[host]);
        Receive[] receives = new Receive[n];
        for (int k = 1; k < n; k++) {
            int other = (host - k + n) % n;
            receives[other] = call.post(hosts.ranksOf(other)[0], all, starts[other], starts[other + 1] - starts[other]);
        }
        for (int k = 1; k < n; k++) {
            call.send(hosts.ranksOf((host + k) % n)[0], all, starts[host], starts[host + 1] - starts[host]);
        }
        for (int k = 1; k < n; k++) {
            receives[(host - k + n) % n].finish();
        }
    }

    private static void unpack(Hosts hosts, Object all, Object buf, int[] counts, int[] displs) {
        int at = 0;
        for (int h = 0; h < hosts.count(); h++) {
            at = Packing.unpack(all, at, hosts.ranksOf(h), buf, counts, displs);
        }
    }
}
