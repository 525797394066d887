package org.pellang.runtime.transport.mixed;

import java.util.List;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;
import org.pellang.runtime.transport.ring.RingTransport;
import org.pellang.runtime.transport.tcp.TcpTransport;

/**
 * Ranks of this JVM through its memory, those of other JVMs on this host through shared memory, all others over TCP. Looking at memory is cheap and
 * looking at sockets is not, so the latter is done now and then while there is something near, and always before the rank sleeps. It sleeps in
 * the selector of its sockets.
 */
public final class MixedTransport implements Transport {
    private static final int LOOK_FAR = 4;

    private final RingTransport[] near;
    private final TcpTransport far;
    /** By rank. */
    private final Transport[] ways;
    /** Nobody else is near: there is only one place to look at. */
    private final boolean alone;
    private boolean thorough;
    private int looks;

    /** @param near the first that reaches a rank is used; one reaches this rank itself @param far reaches all others */
    public MixedTransport(List<RingTransport> near, TcpTransport far) {
        this.near = near.toArray(RingTransport[]::new);
        this.far = far;
        this.alone = near.stream().allMatch(ring -> ring.peers() == 0);
        this.ways = new Transport[far.size()];
        for (int r = 0; r < ways.length; r++) {
            ways[r] = way(near, r, far);
        }
    }

    private static Transport way(List<RingTransport> near, int peer, TcpTransport far) {
        for (RingTransport ring : near) {
            if (ring.reaches(peer)) {
                return ring;
            }
        }
        return far;
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
        return ways[destination].offer(destination, context, tag, guard, kind, data, offset, count);
    }

    @Override
    public boolean push(Outgoing message) {
        return ways[message.destination].push(message);
    }

    @Override
    public boolean lends(int destination) {
        return ways[destination].lends(destination);
    }

    @Override
    public boolean flushed(int destination) {
        return ways[destination].flushed(destination);
    }

    @Override
    public long returned(int destination) {
        return ways[destination].returned(destination);
    }

    @Override
    public void giveBack(int source, long credit) {
        ways[source].giveBack(source, credit);
    }

    /**
     * Sockets first: looking at them uses up the wake-up of a neighbour whose message lies in a ring. Were the ring looked at before, a message that came
     * in between would be seen by neither look, and nobody would wake this rank again.
     */
    @Override
    public int poll(Sink sink) {
        int n = thorough || alone || ++looks % LOOK_FAR == 0 ? far.poll(sink) : 0;
        for (RingTransport ring : near) {
            n += ring.poll(sink);
        }
        return n;
    }

    @Override
    public void publishPolled() {
        for (RingTransport ring : near) {
            ring.publishPolled();
        }
        far.publishPolled();
    }

    @Override
    public void show(Board.State state) {
        for (RingTransport ring : near) {
            ring.show(state);
        }
        far.show(state);
    }

    @Override
    public void ended() {
        for (RingTransport ring : near) {
            ring.ended();
        }
        far.ended();
    }

    @Override
    public void beforePark() {
        thorough = true;
        for (RingTransport ring : near) {
            ring.beforePark();
        }
        far.beforePark();
    }

    /**
     * The last look may have used up a wake-up that was not for a message, but for room or for a lent array. Who rang has taken the flag, so nobody would ring
     * once more: then this rank does not sleep but looks again.
     */
    @Override
    public void park() {
        for (RingTransport ring : near) {
            if (ring.rung()) {
                return;
            }
        }
        far.park();
    }

    @Override
    public void afterPark() {
        for (RingTransport ring : near) {
            ring.afterPark();
        }
        thorough = false;
    }

    @Override
    public void wake(int peer) {
        ways[peer].wake(peer);
    }
}
