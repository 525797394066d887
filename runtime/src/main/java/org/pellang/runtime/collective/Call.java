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
    private String operation = "";
    private Site site = Site.NONE;
    private int sequence;
    private long guard;

    private final Members members;
    private final Scratch scratch;

    Call(Endpoint endpoint, Members members, int context, Scratch scratch) {
        this.scratch = scratch;
        this.endpoint = endpoint;
        this.context = context;
        this.members = members;
        this.rank = members.rank();
        this.size = members.size();
    }

    /** Makes it the call of an operation; a blocking one is over when the next begins, so the same object serves all of these. */
    Call of(String name, Site where, int number, long hash) {
        operation = name;
        site = where;
        sequence = number;
        guard = hash;
        return this;
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

    /** An array to work in during this call, like that one, with at least so many elements and any contents. Not for schedules. */
    Object scratch(int slot, Object likeThis, int length) {
        return scratch.array(slot, Kind.of(likeThis), length);
    }

    /** As {@link #scratch}, with a copy of part of a buffer at its beginning. */
    Object scratchCopy(int slot, Object buf, int off, int len) {
        Object copy = scratch(slot, buf, len);
        Kind.copy(buf, off, copy, 0, len);
        return copy;
    }

    /** Starts a send unless it has gone at once: then null. */
    @Nullable Send sendSoon(int peer, Object buf, int off, int len) {
        return endpoint.sendOrStart(this, context, members.world(peer), sequence, guard, Kind.of(buf), buf, off, len);
    }

    /** Keeps what {@link #sendSoon} has left to be waited for, in an array that is made for the first one. */
    static @Nullable Send @Nullable [] keep(@Nullable Send @Nullable [] late, int most, int place, @Nullable Send send) {
        if (send == null) {
            return late;
        }
        @Nullable Send[] kept = late == null ? new Send[most] : late;
        kept[place] = send;
        return kept;
    }

    /** Waits for what was kept. */
    static void await(@Nullable Send @Nullable [] late) {
        if (late != null) {
            for (Send send : late) {
                if (send != null) {
                    send.await();
                }
            }
        }
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
