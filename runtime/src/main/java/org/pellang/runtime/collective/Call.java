package org.pellang.runtime.collective;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Site;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.progress.Send;
import org.pellang.runtime.progress.Sharing;

/** One call of a collective on one rank: its messages carry the call's sequence number as tag and its guard hash. */
final class Call {
    /** This rank. */
    final int rank;
    /** Number of ranks. */
    final int size;

    private final Endpoint endpoint;
    private final int context;
    private final String operation;
    private final Site site;
    private final int sequence;
    private final long guard;

    private final Members members;

    Call(Endpoint endpoint, Members members, int context, String operation, Site site, int sequence, long guard) {
        this.endpoint = endpoint;
        this.context = context;
        this.operation = operation;
        this.site = site;
        this.sequence = sequence;
        this.guard = guard;
        this.members = members;
        this.rank = members.rank();
        this.size = members.size();
    }

    /** The name under which a waiting rank is reported. */
    @Override
    public String toString() {
        return site.known() ? operation + " at " + site : operation;
    }

    void send(int peer, Object buf, int off, int len) {
        endpoint.send(this, context, members.world(peer), sequence, guard, Kind.of(buf), buf, off, len);
    }

    void recv(int peer, Object buf, int off, int len) {
        endpoint.receiveGuardedNow(this, context, members.world(peer), sequence, guard, Kind.of(buf), buf, off, len);
    }

    /** As much to the peer as from it. Neither waits for the other's receive, as two sends might. */
    void exchange(int peer, Object out, int outOff, Object in, int inOff, int len) {
        Send pending = endpoint.sendOrStart(this, context, members.world(peer), sequence, guard, Kind.of(out), out, outOff, len);
        recv(peer, in, inOff, len);
        if (pending != null) {
            pending.await();
        }
    }

    Receive post(int peer, Object buf, int off, int len) {
        return endpoint.receiveGuarded(this, context, members.world(peer), sequence, guard, Kind.of(buf), buf, off, len);
    }

    /** Starts a send. */
    Send start(int peer, Object buf, int off, int len) {
        return endpoint.start(this, context, members.world(peer), sequence, guard, Kind.of(buf), buf, off, len);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether ranks can work in each other's arrays. */
    boolean shares() {
        return endpoint.shares(members);
    }

    Sharing share(int peer, Object buf, int off, int len) {
        return endpoint.share(this, context, members.world(peer), sequence, guard, Kind.of(buf), buf, off, len);
    }

    Receive postView(int peer, Object likeThis, int len) {
        return endpoint.view(this, context, members.world(peer), sequence, guard, Kind.of(likeThis), len);
    }

    /** Sends without waiting; the array is handed over. */
    void give(int peer, byte[] payload) {
        endpoint.give(context, members.world(peer), sequence, guard, payload);
    }

    byte[] take(int peer) {
        return (byte[]) postAny(peer).awaitArray();
    }

    Receive postAny(int peer) {
        return endpoint.receiveGuarded(this, context, members.world(peer), sequence, guard, Kind.BYTE, null, 0, -1);
    }

    /** A copy of part of a buffer. */
    static Object copyOf(Object buf, int off, int len) {
        return Kind.of(buf).copyOf(buf, off, len);
    }

    /** Copies this rank's own part, unless it lies in place already. */
    static void copy(Object from, int fromOff, @Nullable Object to, int toOff, int len) {
        if (to != null && !(from == to && fromOff == toOff)) {
            Kind.copy(from, fromOff, to, toOff, len);
        }
    }
}
