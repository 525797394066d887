package org.pellang.runtime.collective;

import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;

/**
 * Allreduce of long vectors: rank r combines slice r of everybody along the tree of {@link BinomialReduce}, then the slices
 * go round. Bandwidth-optimal as Rabenseifner's algorithm, any number of ranks. In pieces that stay in the second-level cache.
 */
final class SliceAllreduce {
    /** Longest slice of a piece. */
    private static final int SLICE_BYTES = 512 << 10;

    private SliceAllreduce() {}

    static void run(Call call, Object buf, int off, int len, Op op) {
        int slice = Math.min(SLICE_BYTES / Kind.of(buf).bytes(), (len + call.size - 1) / call.size);
        int piece = slice * call.size;
        Object[] parts = new Object[call.size];
        for (int r = 0; r < parts.length; r++) {
            parts[r] = r == call.rank ? buf : call.scratch(r, buf, slice);
        }
        for (int at = 0; at < len; at += piece) {
            piece(call, parts, buf, off + at, Math.min(piece, len - at), op);
        }
    }

    private static void piece(Call call, Object[] parts, Object buf, int off, int len, Op op) {
        int p = call.size;
        Slices slices = Slices.of(off, len, p);
        int[] counts = slices.counts();
        int[] displs = slices.displs();
        Receive[] receives = new Receive[p];
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            receives[peer] = call.post(peer, parts[peer], 0, counts[call.rank]);
        }
        for (int k = 1; k < p; k++) {
            int peer = (call.rank + k) % p;
            call.send(peer, buf, displs[peer], counts[peer]);
        }
        for (int k = 1; k < p; k++) {
            receives[(call.rank + k) % p].finish();
        }
        combine(call.rank, parts, displs[call.rank], counts[call.rank], op);
        RingAllgather.run(call, buf, counts, displs);
    }

    /** This rank's slice lies in the buffer itself, the others' at the beginning of their parts. */
    static void combine(int me, Object[] parts, int mine, int n, Op op) {
        for (int step = 1; step < parts.length; step <<= 1) {
            for (int r = 0; r + step < parts.length; r += 2 * step) {
                Combine.intoLeft(op, parts[r], r == me ? mine : 0, parts[r + step], r + step == me ? mine : 0, n);
            }
        }
        if (me != 0) {
            Kind.copy(parts[0], 0, parts[me], mine, n);
        }
    }
}
