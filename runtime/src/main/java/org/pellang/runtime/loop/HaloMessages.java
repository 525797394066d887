package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.PersistentRequest;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.Layout;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.array.Rows;
import org.pellang.runtime.loop.ExchangePlan.Piece;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * The messages that fill certain ghost cells, set up once: persistent requests on buffers that serve every time. New buffers would cost more than the
 * messages, since each touches memory for the first time.
 */
final class HaloMessages {
    /** Above the tags of channels. */
    private static final int TAG = 0x7ff0_0005;
    /** Up to so many bytes a message is on its way when its call returns: a request would only cost time. */
    private static final int SHORT = 4096;

    /** More than there are loops that begin with the same plan; beyond it start again. */
    private static final int MOST = 16;

    /** What goes to a rank; without a request if it is short. */
    private record Leaving(int peer, Encoder buffer, @Nullable PersistentRequest request) {}

    /** What comes from a rank; without a request if it is short. */
    private record Arriving(int peer, byte[] buffer, @Nullable PersistentRequest request) {}

    private final Comm comm;
    private final ExchangePlan[] plans;
    private final ElemType[] types;
    private final List<Leaving> leaving = new ArrayList<>();
    private final List<Arriving> arriving = new ArrayList<>();

    private HaloMessages(Comm comm, PelArray[] arrays, ExchangePlan[] plans) {
        this.comm = comm;
        this.plans = plans;
        this.types = Arrays.stream(arrays).map(PelArray::type).toArray(ElemType[]::new);
        int self = comm.rank();
        // Starting with the next rank spreads the load: not everyone sends to rank 0 first.
        for (int step = 1; step < comm.size(); step++) {
            int to = (self + step) % comm.size();
            int n = bytes(arrays, to, true);
            if (n > 0) {
                Encoder buffer = new Encoder(n);
                leaving.add(new Leaving(to, buffer, n <= SHORT ? null : comm.sendInit(buffer.array(), 0, n, to, TAG)));
            }
            int from = (self - step + comm.size()) % comm.size();
            int m = bytes(arrays, from, false);
            if (m > 0) {
                byte[] buffer = new byte[m];
                arriving.add(new Arriving(from, buffer, m <= SHORT ? null : comm.recvInit(buffer, 0, m, from, TAG)));
            }
        }
    }

    private int bytes(PelArray[] arrays, int peer, boolean out) {
        int bytes = 0;
        for (int a = 0; a < arrays.length; a++) {
            for (Piece piece : out ? plans[a].outgoing(peer) : plans[a].incoming(peer)) {
                bytes = Math.addExact(bytes, Rows.bytes(arrays[a].type(), piece.region()));
            }
        }
        return bytes;
    }

    /** Those for these plans, made once; null if their lengths differ from time to time. */
    static @Nullable HaloMessages of(ParallelLoop loop, PelArray[] arrays, ExchangePlan[] plans) {
        List<HaloMessages> known = plans[0].halos();
        for (HaloMessages messages : known) {
            if (messages.serve(loop.comm(), arrays, plans)) {
                return messages;
            }
        }
        for (PelArray array : arrays) {
            if (array.type().isObject()) {
                return null;
            }
        }
        HaloMessages made = new HaloMessages(loop.comm(), arrays, plans);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.add(made);
        return made;
    }

    private boolean serve(Comm other, PelArray[] arrays, ExchangePlan[] others) {
        boolean same = comm == other && plans.length == others.length;
        for (int a = 0; same && a < plans.length; a++) {
            same = plans[a] == others[a] && (types[a] == arrays[a].type() || types[a].equals(arrays[a].type()));
        }
        return same;
    }

    /** Sends, and copies what stays; what is returned takes in what others send, and must be run before anything else is exchanged. */
    Runnable begin(ParallelLoop loop, PelArray[] arrays) {
        loop.settle();
        for (Arriving one : arriving) {
            if (one.request() != null) {
                one.request().start();
            }
        }
        for (Leaving one : leaving) {
            if (one.request() != null) {
                // The time before: the other rank has taken it long since, as a rule.
                one.request().await();
            }
            one.buffer().clear();
            for (int a = 0; a < arrays.length; a++) {
                for (Piece piece : plans[a].outgoing(one.peer())) {
                    Rows.pack(arrays[a], piece.region(), one.buffer());
                }
            }
            loop.count("halo", one.buffer().size(), one.peer());
            if (one.request() != null) {
                one.request().start();
            } else {
                comm.send(one.buffer().array(), 0, one.buffer().size(), one.peer(), TAG);
            }
        }
        Exchange.stay(arrays, arrays, plans, (a, patch) -> new Layout[] {arrays[a].layout()});
        return () -> takeIn(arrays);
    }

    private void takeIn(PelArray[] arrays) {
        for (Arriving one : arriving) {
            if (one.request() != null) {
                one.request().await();
            } else {
                comm.recv(one.buffer(), 0, one.buffer().length, one.peer(), TAG);
            }
            Decoder in = new Decoder(one.buffer());
            for (int a = 0; a < arrays.length; a++) {
                for (Piece piece : plans[a].incoming(one.peer())) {
                    Rows.unpack(in, arrays[a], piece.region(), piece.shift(), arrays[a].layout());
                }
            }
        }
    }
}
