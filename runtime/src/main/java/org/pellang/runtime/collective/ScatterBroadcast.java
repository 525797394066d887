package org.pellang.runtime.collective;

/** Broadcast of long buffers: slices down a binomial tree, then an allgather (R. van de Geijn 1994). Slice k is that of the k-th rank from the root on. */
final class ScatterBroadcast {
    private ScatterBroadcast() {}

    /** @param doubling the allgather by doubling, else round the ranks */
    static void run(Call call, Object buf, int off, int len, int root, boolean doubling) {
        int p = call.size;
        int me = (call.rank - root + p) % p;
        if (me != 0) {
            int branch = Integer.lowestOneBit(me);
            call.recv((me - branch + root) % p, buf, off + start(len, me, p), start(len, Math.min(me + branch, p), p) - start(len, me, p));
        }
        int first = me == 0 ? Integer.highestOneBit(Math.max(1, p - 1)) : Integer.lowestOneBit(me) >> 1;
        for (int step = first; step > 0; step >>= 1) {
            if (me + step < p) {
                int from = start(len, me + step, p);
                call.send((me + step + root) % p, buf, off + from, start(len, Math.min(me + 2 * step, p), p) - from);
            }
        }
        int[] counts = new int[p];
        int[] displs = new int[p];
        for (int r = 0; r < p; r++) {
            int slice = (r - root + p) % p;
            counts[r] = start(len, slice + 1, p) - start(len, slice, p);
            displs[r] = off + start(len, slice, p);
        }
        if (doubling) {
            DoublingAllgather.run(call, buf, counts, displs);
        } else {
            RingAllgather.run(call, buf, counts, displs);
        }
    }

    private static int start(int len, int slice, int p) {
        return (int) ((long) len * slice / p);
    }
}
