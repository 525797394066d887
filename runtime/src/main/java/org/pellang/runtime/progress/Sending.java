package org.pellang.runtime.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Request;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.trace.FlightRecorder;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.Transport;

/** The sending half of an {@link Endpoint}, and what both halves use. */
abstract sealed class Sending permits Endpoint {
    private static final byte[] NOTHING = {};

    final Transport transport;
    final int rank;
    final FlightRecorder recorder = new FlightRecorder();
    final Backlog backlog;
    final Inbox inbox;
    /** Sends that were not complete at once. */
    final List<Send> started = new ArrayList<>();
    /** Null as long as the rank's own thread is the only one. */
    @Nullable Turnstile turnstile;
    private final Credits credits;
    private int synchronous;

    Sending(Transport transport) {
        this.transport = transport;
        this.rank = transport.rank();
        this.credits = new Credits(transport);
        Rendezvous rendezvous = new Rendezvous(credits);
        this.backlog = new Backlog(transport, rendezvous);
        this.inbox = new Inbox(transport, credits, rendezvous, backlog);
    }

    abstract Endpoint self();

    // ---- several threads ----

    /** From now on any thread may use this endpoint (MPI_THREAD_MULTIPLE). To be called by the rank's thread before it starts others. */
    public void allowThreads() {
        if (turnstile == null) {
            turnstile = new Turnstile(self(), transport, inbox);
        }
    }

    final void enter() {
        if (turnstile != null) {
            turnstile.enter();
        }
    }

    final void leave() {
        if (turnstile != null) {
            turnstile.leave();
        }
    }

    // ---- sending ----

    /** Standard send of a point-to-point message. */
    public void send(String name, int context, int peer, int tag, Object buf, int off, int len) {
        enter();
        try {
            Kind kind = checked(buf, off, len);
            recorder.message(name, peer, tag, (long) len * kind.bytes());
            send(name, context, peer, tag, 0, kind, buf, off, len);
        } finally {
            leave();
        }
    }

    /** Standard send with a guard (0: none); not recorded. */
    public void send(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        enter();
        try {
            if (offered(context, peer, tag, guard, kind, buf, off, len)) {
                if (!transport.flushed(peer)) {
                    // The rank may compute for long from here on, and could not go on with it.
                    self().await(new Flush(transport, name, peer));
                }
                return;
            }
            if (peer == rank) {
                buffer(new Outgoing(peer, context, tag, guard, kind, buf, off, len));
                return;
            }
            Outgoing message = new Outgoing(peer, context, tag, guard, kind, buf, off, len);
            backlog.push(message);
            if (!message.done()) {
                self().await(new Send(self(), name, message));
            }
        } finally {
            leave();
        }
    }

    /** A send that never waits. */
    public void sendBuffered(String name, int context, int peer, int tag, Object buf, int off, int len) {
        enter();
        try {
            Kind kind = checked(buf, off, len);
            recorder.message(name, peer, tag, (long) len * kind.bytes());
            if (!offered(context, peer, tag, 0, kind, buf, off, len)) {
                buffer(new Outgoing(peer, context, tag, 0, kind, buf, off, len));
            }
        } finally {
            leave();
        }
    }

    /** A send that never waits and takes the array over. */
    public void give(String name, int context, int peer, int tag, byte[] payload) {
        enter();
        try {
            recorder.message(name, peer, tag, payload.length);
            give(context, peer, tag, 0, payload);
        } finally {
            leave();
        }
    }

    /** As above with a guard; not recorded. */
    public void give(int context, int peer, int tag, long guard, byte[] payload) {
        enter();
        try {
            Outgoing message = new Outgoing(peer, context, tag, guard, Kind.BYTE, payload, 0, payload.length);
            message.owned = true;
            backlog.push(message);
        } finally {
            leave();
        }
    }

    /** Whether these ranks can work in each other's arrays: then {@link #share} may be used, for 33 bytes or more. */
    public boolean shares(Members members) {
        return members.all(transport::lends);
    }

    /** Opens an array to a rank that has posted a view ({@link Receive#awaitView}) or will. */
    public Sharing share(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        enter();
        try {
            Outgoing message = new Outgoing(peer, context, tag, guard, kind, buf, off, len);
            message.shared = true;
            backlog.push(message);
            return new Sharing(self(), name, message);
        } finally {
            leave();
        }
    }

    /** Posts the receive of a view of exactly {@code len} elements. */
    public Receive view(Object name, int context, int source, int tag, long guard, Kind kind, int len) {
        enter();
        try {
            Receive receive = new Receive(self(), name, source, context, tag, guard, kind, null, 0, len, true);
            receive.viewing = true;
            return inbox.post(receive);
        } finally {
            leave();
        }
    }

    void close(Parcel parcel) {
        enter();
        try {
            inbox.close(parcel);
        } finally {
            leave();
        }
    }

    /** Starts a send. */
    public Request startSend(String name, int context, int peer, int tag, Object buf, int off, int len) {
        enter();
        try {
            Kind kind = checked(buf, off, len);
            recorder.message(name, peer, tag, (long) len * kind.bytes());
            if (offered(context, peer, tag, 0, kind, buf, off, len)) {
                return new Sent(peer, tag, len);
            }
            return start(name, context, peer, tag, 0, kind, buf, off, len);
        } finally {
            leave();
        }
    }

    /**
     * Announces a message of several chunks: the number that its first one is started with, by {@link #startFirst}. The others are sent and received with
     * {@link Endpoint#CONTINUED} as context and the number as tag.
     */
    public int announce(String name, int peer, int tag, Kind kind, long elements) {
        enter();
        try {
            recorder.message(name, peer, tag, elements * kind.bytes());
            int number = inbox.chunked().next();
            buffer(new Outgoing(peer, Chunked.LENGTH, number, 0, Kind.LONG, new long[] {elements}, 0, 1));
            return number;
        } finally {
            leave();
        }
    }

    /** Starts the first chunk of an announced message. @param matched whether it completes when it has been matched */
    public Request startFirst(String name, int context, int peer, int tag, int number, boolean matched, Object buf, int off, int len) {
        enter();
        try {
            Kind kind = checked(buf, off, len);
            return matched ? startSynchronous(name, context, peer, tag, Chunked.guard(number), kind, buf, off, len)
                    : start(name, context, peer, tag, Chunked.guard(number), kind, buf, off, len);
        } finally {
            leave();
        }
    }

    /** Starts a send that completes when it has been matched. */
    public Request startSynchronous(String name, int context, int peer, int tag, Object buf, int off, int len) {
        enter();
        try {
            Kind kind = checked(buf, off, len);
            recorder.message(name, peer, tag, (long) len * kind.bytes());
            return startSynchronous(name, context, peer, tag, 0, kind, buf, off, len);
        } finally {
            leave();
        }
    }

    private Request startSynchronous(String name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        synchronous = synchronous + 1 & Integer.MAX_VALUE;
        Receive answer = inbox.post(new Receive(self(), name, peer, Inbox.ANSWERS, synchronous, 0, Kind.BYTE, NOTHING, 0, 0, false));
        Send send = start(name, context, peer, tag, guard | (long) synchronous << 1 | 1, kind, buf, off, len);
        return new Synchronous(self(), send, answer);
    }

    /** Starts a send with a guard (0: none); not recorded. */
    public Send start(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        enter();
        try {
            Outgoing message = new Outgoing(peer, context, tag, guard, kind, buf, off, len);
            backlog.push(message);
            Send send = new Send(self(), name, message);
            if (!message.done()) {
                started.removeIf(Send::done);
                started.add(send);
            }
            return send;
        } finally {
            leave();
        }
    }

    /** As {@link #start}, but null if the message has gone already. */
    public @Nullable Send sendOrStart(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        enter();
        try {
            return offered(context, peer, tag, guard, kind, buf, off, len) ? null : start(name, context, peer, tag, guard, kind, buf, off, len);
        } finally {
            leave();
        }
    }

    private boolean offered(int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        long cost = Credits.cost((long) len * kind.bytes());
        if (!backlog.isEmpty(peer) || !credits.cover(peer, cost) || !transport.offer(peer, context, tag, guard, kind, buf, off, len)) {
            return false;
        }
        credits.spend(peer, cost);
        return true;
    }

    private void buffer(Outgoing message) {
        if (transport.lends(message.destination)) {
            message.detach();
            message.owned = true;
        }
        backlog.push(message);
        if (!message.done() && !message.owned) {
            message.detach();
        }
    }

    static Kind checked(Object buf, int off, int len) {
        Kind kind = Kind.of(buf);
        Objects.checkFromIndexSize(off, len, kind.length(buf));
        return kind;
    }
}
