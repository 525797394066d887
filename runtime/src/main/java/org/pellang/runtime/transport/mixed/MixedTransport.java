package org.pellang.runtime.transport.mixed;

import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;
import org.pellang.runtime.transport.ring.RingTransport;
import org.pellang.runtime.transport.tcp.TcpTransport;

/**
 * Ranks of this JVM through memory, those on other hosts over TCP. Looking at memory is cheap and looking at sockets is not, so the
 * latter is done now and then while there is something near, and always before the rank sleeps. It sleeps in the selector of its sockets.
 */
public final class MixedTransport implements Transport {
    private static final int LOOK_FAR = 4;

    private final RingTransport near;
    private final TcpTransport far;
    /** Nobody else is near: there is only one place to look at. */
    private final boolean alone;
    private boolean thorough;
    private int looks;

    /** @param near reaches this rank itself, at least @param far reaches all others */
    public MixedTransport(RingTransport near, TcpTransport far) {
        this.near = near;
        this.far = far;
        this.alone = near.peers() == 0;
    }

    private Transport way(int peer) {
        return near.reaches(peer) ? near : far;
    }

    @Override
    public int rank() {
        return far.rank();
    }

    @Override
    public int size() {
        return far.size();
    }

    /** The board of this JVM over all ranks of the job. */
    @Override
    public Board board() {
        return far.board();
    }

    @Override
    public boolean offer(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count) {
        return way(destination).offer(destination, context, tag, guard, kind, data, offset, count);
    }

    @Override
    public boolean push(Outgoing message) {
        return way(message.destination).push(message);
    }

    @Override
    public boolean lends(int destination) {
        return way(destination).lends(destination);
    }

    @Override
    public boolean flushed(int destination) {
        return way(destination).flushed(destination);
    }

    @Override
    public long returned(int destination) {
        return way(destination).returned(destination);
    }

    @Override
    public void giveBack(int source, long credit) {
        way(source).giveBack(source, credit);
    }

    @Override
    public int poll(Sink sink) {
        int n = near.poll(sink);
        if (thorough || alone || ++looks % LOOK_FAR == 0) {
            n += far.poll(sink);
        }
        return n;
    }

    @Override
    public void publishPolled() {
        near.publishPolled();
        far.publishPolled();
    }

    @Override
    public void show(Board.State state) {
        near.show(state);
        far.show(state);
    }

    @Override
    public void ended() {
        near.ended();
        far.ended();
    }

    @Override
    public void beforePark() {
        thorough = true;
        near.beforePark();
        far.beforePark();
    }

    @Override
    public void park() {
        far.park();
    }

    @Override
    public void afterPark() {
        near.afterPark();
        thorough = false;
    }

    @Override
    public void wake(int peer) {
        way(peer).wake(peer);
    }
}
