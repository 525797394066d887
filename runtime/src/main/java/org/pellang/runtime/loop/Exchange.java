package org.pellang.runtime.loop;

import org.pellang.runtime.Comm;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.loop.ExchangePlan.Piece;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Carries out exchange plans of one or more arrays: one message per peer. */
final class Exchange {
    /** Above the tags of channels. */
    private static final int TAG = 0x7ff0_0001;

    private Exchange() {}

    /**
     * @param from the arrays whose owned elements are wanted
     * @param to where they go: the arrays themselves (ghost cells) or temporaries that hold the needed boxes
     */
    static void run(Comm comm, PelArray[] from, PelArray[] to, ExchangePlan[] plans) {
        int self = comm.rank();
        // Starting with the next rank spreads the load: not everyone sends to rank 0 first.
        for (int step = 1; step < comm.size(); step++) {
            send(comm, from, plans, (self + step) % comm.size());
        }
        for (int a = 0; a < from.length; a++) {
            for (Piece piece : plans[a].local()) {
                if (from[a] != to[a] || !piece.inPlace()) {
                    Rows.copy(from[a], to[a], piece.box(), piece.shift());
                }
            }
        }
        for (int step = 1; step < comm.size(); step++) {
            receive(comm, to, plans, (self - step + comm.size()) % comm.size());
        }
    }

    private static void send(Comm comm, PelArray[] from, ExchangePlan[] plans, int peer) {
        int bytes = 0;
        for (int a = 0; a < from.length; a++) {
            for (Piece piece : plans[a].outgoing(peer)) {
                bytes = Math.addExact(bytes, Rows.bytes(from[a].type(), piece.box()));
            }
        }
        if (bytes == 0) {
            return;
        }
        Encoder out = new Encoder(bytes);
        for (int a = 0; a < from.length; a++) {
            for (Piece piece : plans[a].outgoing(peer)) {
                Rows.pack(from[a], piece.box(), out);
            }
        }
        comm.sendBytes(out.size() == out.array().length ? out.array() : out.toBytes(), peer, TAG);
    }

    private static void receive(Comm comm, PelArray[] to, ExchangePlan[] plans, int peer) {
        boolean any = false;
        for (ExchangePlan plan : plans) {
            any |= plan.incoming(peer).length > 0;
        }
        if (!any) {
            return;
        }
        Decoder in = new Decoder(comm.recvBytes(peer, TAG));
        for (int a = 0; a < to.length; a++) {
            for (Piece piece : plans[a].incoming(peer)) {
                Rows.unpack(in, to[a], ExchangePlan.move(piece.box(), piece.shift()));
            }
        }
    }
}
