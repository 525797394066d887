package org.pellang.runtime.collective;

import java.util.Arrays;
import org.pellang.runtime.Op;
import org.pellang.runtime.memory.Kind;

/**
 * Reduce-scatter by recursive halving, for powers of two: each round halves the blocks that a rank still combines. Neighbours first, so that the
 * combinations are those of {@link BinomialReduce}; after the round with distance s a rank has the blocks whose numbers are its own modulo 2 s.
 */
final class HalvingReduceScatter {
    private HalvingReduceScatter() {}

    /** Block r of {@code buf} (at {@code displs[r]}) combined over all ranks to rank r, into {@code target}. {@code buf} is left as it is. */
    static void run(Call call, Object buf, int[] counts, int[] displs, Object target, int targetOff, Op op) {
        int[] blocks = new int[call.size];
        Arrays.setAll(blocks, r -> r);
        Object mine = call.scratch(0, buf, Packing.total(counts));
        Packing.pack(buf, counts, displs, blocks, mine, 0);
        for (int step = 1; step < call.size; step <<= 1) {
            int peer = call.rank ^ step;
            int[] places = places(counts, blocks);
            int[] keep = choose(blocks, call.rank, 2 * step);
            int[] give = choose(blocks, peer, 2 * step);
            Object out = call.scratch(1, buf, Packing.length(counts, give));
            Packing.pack(mine, counts, places, give, out, 0);
            Object kept = call.scratch((step & 0x55555555) != 0 ? 2 : 0, buf, Packing.length(counts, keep));
            Packing.pack(mine, counts, places, keep, kept, 0);
            int n = Packing.length(counts, keep);
            Object in = call.scratch(3, buf, n);
            var receive = call.post(peer, in, 0, n);
            call.send(peer, out, 0, Packing.length(counts, give));
            receive.finish();
            if (peer > call.rank) {
                Combine.intoLeft(op, kept, 0, in, 0, n);
            } else {
                Combine.intoRight(op, in, 0, kept, 0, n);
            }
            mine = kept;
            blocks = keep;
        }
        Kind.copy(mine, 0, target, targetOff, counts[call.rank]);
    }

    private static int[] choose(int[] blocks, int rank, int modulus) {
        return Arrays.stream(blocks).filter(b -> b % modulus == rank % modulus).toArray();
    }

    /** Where each of the blocks lies if they lie one after the other, by block. */
    private static int[] places(int[] counts, int[] blocks) {
        int[] places = new int[counts.length];
        int at = 0;
        for (int b : blocks) {
            places[b] = at;
            at += counts[b];
        }
        return places;
    }
}
