package org.pellang.runtime.collective;

/** Broadcast over hosts: binomial between one rank of each, then binomial within each. */
final class HostsBroadcast {
    private HostsBroadcast() {}

    static void run(Call call, Hosts hosts, Object buf, int off, int len, int root) {
        int parent = hosts.parent(root, call.rank);
        if (parent >= 0) {
            call.recv(parent, buf, off, len);
        }
        for (int child : hosts.children(root, call.rank)) {
            call.send(child, buf, off, len);
        }
    }
}
