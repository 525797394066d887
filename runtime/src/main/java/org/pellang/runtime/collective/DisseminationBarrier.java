package org.pellang.runtime.collective;

/** Barrier in ceil(log2 p) rounds (Hensgen, Finkel, Manber 1988): in round k everybody signals the rank 2^k further. */
final class DisseminationBarrier {
    private static final byte[] NOTHING = {};

    private DisseminationBarrier() {}

    static void run(Call call) {
        for (int step = 1; step < call.size; step <<= 1) {
            call.send((call.rank + step) % call.size, NOTHING, 0, 0);
            call.recv((call.rank - step + call.size) % call.size, NOTHING, 0, 0);
        }
    }
}
