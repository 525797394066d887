package org.pellang.runtime.collective;

/** Barrier up and down a binomial tree: 2 (p - 1) messages, where the ranks take turns on fewer cores and each message costs one of them. */
final class TreeBarrier {
    private static final byte[] NOTHING = {};

    private TreeBarrier() {}

    static void run(Call call) {
        int step = 1;
        for (; step < call.size; step <<= 1) {
            if ((call.rank & step) != 0) {
                int parent = call.rank - step;
                call.send(parent, NOTHING, 0, 0);
                call.recv(parent, NOTHING, 0, 0);
                break;
            }
            if (call.rank + step < call.size) {
                call.recv(call.rank + step, NOTHING, 0, 0);
            }
        }
        for (step >>= 1; step > 0; step >>= 1) {
            if (call.rank + step < call.size) {
                call.send(call.rank + step, NOTHING, 0, 0);
            }
        }
    }
}
