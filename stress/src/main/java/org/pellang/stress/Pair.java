package org.pellang.stress;

import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.local.LocalFabric;

/** Endpoints of ranks in one JVM, whose own threads the actors stand for. */
class Pair {
    static final int WORLD = 0;
    static final int TAG = 3;

    final LocalFabric fabric;
    final Endpoint[] endpoints;

    Pair(int ranks) {
        fabric = new LocalFabric(ranks, false);
        endpoints = new Endpoint[ranks];
        for (int r = 0; r < ranks; r++) {
            endpoints[r] = new Endpoint(fabric.transport(r), Patience.forRanks(ranks));
        }
    }

    /** Sends so many elements with that value, without waiting. */
    void send(int from, int to, long value, int length) {
        long[] data = new long[length];
        java.util.Arrays.fill(data, value);
        endpoints[from].startSend("isend", WORLD, to, TAG, data, 0, length);
    }
}
