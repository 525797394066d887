package org.pellang.runtime.loop;

import org.pellang.runtime.Comm;
import org.pellang.runtime.array.Layout;
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
     * @param purpose of the messages
     * @param from the arrays whose owned elements are wanted
     * @param to where they go: the arrays themselves (ghost cells) or temporaries that hold the needed boxes
     */
    static void run(ParallelLoop loop, String purpose, PelArray[] from, PelArray[] to, ExchangePlan[] plans) {
        run(loop, purpose, from, to, plans, (a, patch) -> new Layout[] {to[a].layout()});
    }

    /** Where the needed boxes are kept. */
    @FunctionalInterface
    interface Places {
        /** The layouts, at least one, in the columns of array {@code a} that want box number {@code patch}. */
        Layout[] of(int a, int patch);
    }

    /** As the other one, where a needed box has its own places in the target. */
    static void run(ParallelLoop loop, String purpose, PelArray[] from, PelArray[] to, ExchangePlan[] plans, Places places) {
        begin(loop, purpose, from, to, plans, places).run();
    }

    /** Sends, and copies what stays; what is returned takes in what others send, and must be run before anything else is exchanged. */
    static Runnable begin(ParallelLoop loop, String purpose, PelArray[] from, PelArray[] to, ExchangePlan[] plans, Places places) {
        loop.settle();
        Comm comm = loop.comm();
        int self = comm.rank();
        // Starting with the next rank spreads the load: not everyone sends to rank 0 first.
        for (int step = 1; step < comm.size(); step++) {
            send(loop, purpose, from, plans, (self + step) % comm.size());
        }
        stay(from, to, plans, places);
        return () -> {
            for (int step = 1; step < comm.size(); step++) {
                receive(comm, to, plans, places, (self - step + comm.size()) % comm.size());
            }
        };
    }

    /** Copies what a rank has itself. */
    static void stay(PelArray[] from, PelArray[] to, ExchangePlan[] plans, Places places) {
        for (int a = 0; a < from.length; a++) {
            for (Piece piece : plans[a].local()) {
                if (from[a] != to[a] || !piece.inPlace()) {
                    for (Layout layout : places.of(a, piece.patch())) {
                        Rows.copy(from[a], to[a], piece.region(), piece.shift(), layout);
                    }
                }
            }
        }
    }

    private static void send(ParallelLoop loop, String purpose, PelArray[] from, ExchangePlan[] plans, int peer) {
        int bytes = 0;
        for (int a = 0; a < from.length; a++) {
            for (Piece piece : plans[a].outgoing(peer)) {
                bytes = Math.addExact(bytes, Rows.bytes(from[a].type(), piece.region()));
            }
        }
        if (bytes == 0) {
            return;
        }
        Encoder out = new Encoder(bytes);
        for (int a = 0; a < from.length; a++) {
            for (Piece piece : plans[a].outgoing(peer)) {
                Rows.pack(from[a], piece.region(), out);
            }
        }
        loop.send(purpose, out.size() == out.array().length ? out.array() : out.toBytes(), peer, TAG);
    }

    private static void receive(Comm comm, PelArray[] to, ExchangePlan[] plans, Places places, int peer) {
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
                receive(in, to[a], piece, places.of(a, piece.patch()));
            }
        }
    }

    private static void receive(Decoder in, PelArray to, Piece piece, Layout[] layouts) {
        Rows.unpack(in, to, piece.region(), piece.shift(), layouts[0]);
        long[] none = new long[piece.shift().length];
        for (int k = 1; k < layouts.length; k++) {
            Layout first = layouts[0];
            Layout other = layouts[k];
            long[] shift = piece.shift();
            long[] there = none.clone();
            piece.region().forEachRow((index, n) -> {
                for (int d = 0; d < there.length; d++) {
                    there[d] = index[d] + shift[d];
                }
                for (int c = 0; c < to.type().columns(); c++) {
                    System.arraycopy(to.column(c), first.place(there), to.column(c), other.place(there), n);
                }
            });
        }
    }
}
