package org.pellang.runtime.transport.local;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;

/** Up to 4 KiB a message is copied into a parcel; above, the parcel refers to the sender's array and the receiver copies once. */
public final class LocalTransport implements Transport {
    /** Longest message, in bytes, that is copied by its sender. */
    public static final int EAGER_BYTES = 4096;

    private static final int POLL_BATCH = 64;

    private final LocalFabric fabric;
    private final Board board;
    private final Inbox inbox;
    private final int rank;
    private long sent;
    private long polled;

    LocalTransport(LocalFabric fabric, int rank) {
        this.fabric = fabric;
        this.board = fabric.board();
        this.inbox = fabric.inbox(rank);
        this.rank = rank;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return board.ranks();
    }

    @Override
    public Board board() {
        return board;
    }

    @Override
    public boolean offer(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count) {
        if ((long) count * kind.bytes() > EAGER_BYTES) {
            return false;
        }
        deliver(destination, new Parcel(rank, context, tag, guard, kind, count, kind.copyOf(data, offset, count), 0, false));
        return true;
    }

    @Override
    public boolean push(Outgoing m) {
        if (m.accepted) {
            return false;
        }
        boolean lend = !m.owned;
        Parcel parcel = new Parcel(rank, m.context, m.tag, m.guard, m.kind, m.count, m.data, m.offset, lend);
        m.lent = lend ? parcel : null;
        m.moved = m.count;
        m.accepted = true;
        deliver(m.destination, parcel);
        return true;
    }

    private void deliver(int destination, Parcel parcel) {
        board.sent(rank, ++sent);
        fabric.inbox(destination).add(parcel);
        fabric.wake(destination);
    }

    @Override
    public boolean lends() {
        return true;
    }

    @Override
    public int poll(Sink sink) {
        int n = 0;
        for (@Nullable Parcel parcel; n < POLL_BATCH && (parcel = inbox.poll()) != null; n++) {
            sink.arrived(parcel);
        }
        polled += n;
        return n;
    }

    @Override
    public void publishPolled() {
        board.polled(rank, polled);
    }

    @Override
    public void beforePark() {
        board.parked(rank, true);
    }

    @Override
    public void park() {
        LockSupport.park(this);
    }

    @Override
    public void afterPark() {
        board.parked(rank, false);
    }

    @Override
    public void wake(int peer) {
        fabric.wake(peer);
    }
}
