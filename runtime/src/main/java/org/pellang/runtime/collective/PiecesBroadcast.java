package org.pellang.runtime.collective;

import org.pellang.runtime.memory.Kind;

/** Broadcast of long buffers down a binomial tree, in pieces that stay in a cache: what a rank hands on has just come. */
final class PiecesBroadcast {
    private static final int PIECE_BYTES = 16 << 10;

    private PiecesBroadcast() {}

    static void run(Call call, Object buf, int off, int len, int root) {
        int piece = PIECE_BYTES / Kind.of(buf).bytes();
        int at = 0;
        do {
            BinomialBroadcast.run(call, buf, off + at, Math.min(piece, len - at), root);
            at += piece;
        } while (at < len && at > 0);
    }
}
