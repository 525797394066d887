package org.pellang.runtime.collective;

/** Broadcast along a binomial tree over the ranks counted from the root. */
final class BinomialBroadcast {
    private BinomialBroadcast() {}

    static void run(Call call, Object buf, int off, int len, int root) {
        int me = (call.rank - root + call.size) % call.size;
        if (me != 0) {
            call.recv(parent(call, me, root), buf, off, len);
        }
        for (int step = firstStep(call, me); step > 0; step >>= 1) {
            if (me + step < call.size) {
                call.send((me + step + root) % call.size, buf, off, len);
            }
        }
    }

    static byte[] runBytes(Call call, byte[] payload, int root) {
        int me = (call.rank - root + call.size) % call.size;
        byte[] mine = me == 0 ? payload : call.take(parent(call, me, root));
        for (int step = firstStep(call, me); step > 0; step >>= 1) {
            if (me + step < call.size) {
                // A copy each: in one JVM the receiver becomes the owner of what it gets.
                call.give((me + step + root) % call.size, mine.clone());
            }
        }
        return mine;
    }

    private static int parent(Call call, int me, int root) {
        return (me - Integer.lowestOneBit(me) + root) % call.size;
    }

    /** The largest step to a child: below the lowest bit of this rank, or below the size for the root. */
    private static int firstStep(Call call, int me) {
        return me == 0 ? Integer.highestOneBit(Math.max(1, call.size - 1)) : Integer.lowestOneBit(me) >> 1;
    }
}
