package org.pellang.runtime.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Received;
import org.pellang.runtime.Request;
import org.pellang.runtime.Status;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.trace.FlightRecorder;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.Transport;

/**
 * One rank's sends, receives, matching and waiting, over any transport. All by the rank's own thread; a waiting rank always
 * takes in what comes, so whoever waits for room in it gets some. {@link #waitingFor} may be asked by anyone.
 */
public final class Endpoint {
    private static final int FIRST_FREE_CONTEXT = 2;
    private static final byte[] NOTHING = {};

    private final Transport transport;
    private final int rank;
    private final int size;
    private final FlightRecorder recorder = new FlightRecorder();
    private final Credits credits;
    private final Backlog backlog;
    private final Inbox inbox;
    private final Waiter waiter;
    private final List<Advancing> advancing = new ArrayList<>();
    private final List<Send> started = new ArrayList<>();
    /** For blocking receives, if it is not in use. */
    private final Receive single = new Receive(this, "", -1, -1, -1, 0, Kind.BYTE, null, 0, 0, false);
    private Status lastStatus = new Status(-1, -1, 0);
    private int nextContext = FIRST_FREE_CONTEXT;
    private int synchronous;

    /** An endpoint on a transport. */
    public Endpoint(Transport transport, Patience patience) {
        this.transport = transport;
        this.rank = transport.rank();
        this.size = transport.size();
        this.credits = new Credits(transport);
        Rendezvous rendezvous = new Rendezvous(credits);
        this.backlog = new Backlog(transport, rendezvous);
        this.inbox = new Inbox(transport, credits, rendezvous, backlog);
        this.waiter = new Waiter(this, transport, patience, backlog, inbox);
    }

    /** This rank. */
    public int rank() {
        return rank;
    }

    /** Number of ranks. */
    public int size() {
        return size;
    }

    /** The rank's last operations. */
    public FlightRecorder recorder() {
        return recorder;
    }

    /** For loops that wait without blocking: unwinds the rank if the job has been stopped. */
    public void ensureRunning() {
        if (board().stopped()) {
            throw new JobStopped();
        }
    }

    /** What all ranks see. */
    public Board board() {
        return transport.board();
    }

    /** What the rank waits for just now, or null if it runs. */
    public @Nullable String waitingFor() {
        Waitable now = waiter.now();
        return now == null ? null : now.describe();
    }

    /** Messages of the program with this tag belong to something with a name, for instance {@code "channel token"}. Idempotent. */
    public void nameTag(int tag, String name) {
        recorder.nameTag(tag, name);
    }

    // ---- sending ----

    /** Standard send of a point-to-point message. */
    public void send(String name, int context, int peer, int tag, Object buf, int off, int len) {
        Kind kind = checked(buf, off, len);
        recorder.message(name, peer, tag, (long) len * kind.bytes());
        send(name, context, peer, tag, 0, kind, buf, off, len);
    }

    /** Standard send with a guard (0: none); not recorded. */
    public void send(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        if (offered(context, peer, tag, guard, kind, buf, off, len)) {
            if (!transport.flushed(peer)) {
                // The rank may compute for long from here on, and could not go on with it.
                await(new Flush(transport, name, peer));
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
            await(new Send(this, name, message));
        }
    }

    /** A send that never waits. */
    public void sendBuffered(String name, int context, int peer, int tag, Object buf, int off, int len) {
        Kind kind = checked(buf, off, len);
        recorder.message(name, peer, tag, (long) len * kind.bytes());
        if (!offered(context, peer, tag, 0, kind, buf, off, len)) {
            buffer(new Outgoing(peer, context, tag, 0, kind, buf, off, len));
        }
    }

    /** A send that never waits and takes the array over. */
    public void give(String name, int context, int peer, int tag, byte[] payload) {
        recorder.message(name, peer, tag, payload.length);
        give(context, peer, tag, 0, payload);
    }

    /** As above with a guard; not recorded. */
    public void give(int context, int peer, int tag, long guard, byte[] payload) {
        Outgoing message = new Outgoing(peer, context, tag, guard, Kind.BYTE, payload, 0, payload.length);
        message.owned = true;
        backlog.push(message);
    }

    /** Whether these ranks can work in each other's arrays: then {@link #share} may be used, for 33 bytes or more. */
    public boolean shares(Members members) {
        return members.all(transport::lends);
    }

    /** Opens an array to a rank that has posted a view ({@link Receive#awaitView}) or will. */
    public Sharing share(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        Outgoing message = new Outgoing(peer, context, tag, guard, kind, buf, off, len);
        message.shared = true;
        backlog.push(message);
        return new Sharing(this, name, message);
    }

    /** Posts the receive of a view of exactly {@code len} elements. */
    public Receive view(Object name, int context, int source, int tag, long guard, Kind kind, int len) {
        Receive receive = new Receive(this, name, source, context, tag, guard, kind, null, 0, len, true);
        receive.viewing = true;
        return inbox.post(receive);
    }

    void close(Parcel parcel) {
        inbox.close(parcel);
    }

    /** Starts a send. */
    public Request startSend(String name, int context, int peer, int tag, Object buf, int off, int len) {
        Kind kind = checked(buf, off, len);
        recorder.message(name, peer, tag, (long) len * kind.bytes());
        if (offered(context, peer, tag, 0, kind, buf, off, len)) {
            return new Sent(peer, tag, len);
        }
        return start(name, context, peer, tag, 0, kind, buf, off, len);
    }

    /** Starts a send that completes when it has been matched. */
    public Request startSynchronous(String name, int context, int peer, int tag, Object buf, int off, int len) {
        Kind kind = checked(buf, off, len);
        recorder.message(name, peer, tag, (long) len * kind.bytes());
        synchronous = synchronous + 1 & Integer.MAX_VALUE;
        Receive answer = inbox.post(new Receive(this, name, peer, Inbox.ANSWERS, synchronous, 0, Kind.BYTE, NOTHING, 0, 0, false));
        Send send = start(name, context, peer, tag, (long) synchronous << 1 | 1, kind, buf, off, len);
        return new Synchronous(this, send, answer);
    }

    /** Starts a send with a guard (0: none); not recorded. */
    public Send start(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        Outgoing message = new Outgoing(peer, context, tag, guard, kind, buf, off, len);
        backlog.push(message);
        Send send = new Send(this, name, message);
        if (!message.done()) {
            started.removeIf(Send::done);
            started.add(send);
        }
        return send;
    }

    /** As {@link #start}, but null if the message has gone already. */
    public @Nullable Send sendOrStart(Object name, int context, int peer, int tag, long guard, Kind kind, Object buf, int off, int len) {
        return offered(context, peer, tag, guard, kind, buf, off, len) ? null : start(name, context, peer, tag, guard, kind, buf, off, len);
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

    private static Kind checked(Object buf, int off, int len) {
        Kind kind = Kind.of(buf);
        Objects.checkFromIndexSize(off, len, kind.length(buf));
        return kind;
    }

    // ---- receiving ----

    /** Posts a receive of at most {@code len} elements. */
    public Receive receive(String name, int context, int source, int tag, Object buf, int off, int len) {
        Kind kind = checked(buf, off, len);
        recorder.message(name, source, tag, (long) len * kind.bytes());
        return inbox.post(new Receive(this, name, source, context, tag, 0, kind, buf, off, len, false));
    }

    /** Receives at most {@code len} elements. */
    public Status receiveNow(String name, int context, int source, int tag, Object buf, int off, int len) {
        Kind kind = checked(buf, off, len);
        recorder.message(name, source, tag, (long) len * kind.bytes());
        return inbox.post(single.again(name, source, context, tag, 0, kind, buf, off, len, false)).await();
    }

    /** Receives exactly {@code len} elements with a guard. */
    public void receiveGuardedNow(Object name, int context, int source, int tag, long guard, Kind kind, Object buf, int off, int len) {
        inbox.post(single.again(name, source, context, tag, guard, kind, buf, off, len, true)).finish();
    }

    /** A status; the last one again if it is equal. */
    Status status(int source, int tag, int count) {
        Status last = lastStatus;
        if (last.source() != source || last.tag() != tag || last.count() != count) {
            last = new Status(source, tag, count);
            lastStatus = last;
        }
        return last;
    }

    /** Receives a payload of any length. */
    public Received receiveBytes(String name, int context, int source, int tag) {
        recorder.message(name, source, tag, 0);
        Receive receive = inbox.post(new Receive(this, name, source, context, tag, 0, Kind.BYTE, null, 0, -1, false));
        Status status = receive.await();
        return new Received((byte[]) receive.awaitArray(), status.source(), status.tag());
    }

    /** Posts a receive of exactly {@code len} elements with a guard; {@code buf} null: of a payload of any length. */
    public Receive receiveGuarded(Object name, int context, int source, int tag, long guard, Kind kind, @Nullable Object buf, int off, int len) {
        return inbox.post(new Receive(this, name, source, context, tag, guard, kind, buf, off, buf == null ? -1 : len, true));
    }

    /**
     * Messages of that context go to a handler as they come, instead of being matched. It runs on the rank's thread, wherever that is in the
     * runtime; it must copy what it keeps and may only send in ways that never wait.
     */
    public void handle(int context, Consumer<Parcel> handler) {
        inbox.handle(context, handler);
    }

    /** No more messages of that context will come. */
    public void forget(int context) {
        inbox.forget(context);
    }

    /** The message that such a receive would get. */
    public @Nullable Status probe(int context, int source, int tag) {
        progress();
        Matcher.Arrival arrival = inbox.matcher().matchUnexpected(source, context, tag, false);
        return arrival == null ? null : new Status(arrival.parcel.source, arrival.parcel.tag, arrival.parcel.count);
    }

    /** Waits for a message that such a receive would get. */
    public Status awaitProbe(int context, int source, int tag) {
        Probe probe = new Probe(inbox.matcher(), context, source, tag);
        await(probe);
        return probe.status();
    }

    /** Takes a message out of the matching, if one is here, to be received by {@link #receive(Matched, Object, int, int)}. */
    public @Nullable Matched take(int context, int source, int tag) {
        progress();
        Matcher.Arrival arrival = inbox.matcher().matchUnexpected(source, context, tag, true);
        return arrival == null ? null : new Matched(arrival);
    }

    /** Receives a message taken before. */
    public Status receive(Matched matched, Object buf, int off, int len) {
        Kind kind = checked(buf, off, len);
        Parcel parcel = matched.parcel();
        Receive receive = new Receive(this, "recv", parcel.source, parcel.context, parcel.tag, 0, kind, buf, off, len, false);
        inbox.deliver(matched.take(), receive);
        return receive.await();
    }

    /** Takes back a receive that has not been matched; false if it is too late. */
    boolean cancel(Receive receive) {
        return inbox.matcher().cancel(receive);
    }

    // ---- progress and waiting ----

    /** Takes in and pushes on what can be; never blocks. Returns 0 if nothing moved. */
    public int progress() {
        int moved = transport.poll(inbox);
        if (!backlog.isEmpty()) {
            moved += backlog.advance();
        }
        return advancing.isEmpty() ? moved : moved + advance();
    }

    private int advance() {
        int moved = 0;
        for (int i = advancing.size() - 1; i >= 0; i--) {
            moved += advancing.get(i).advance() ? 1 : 0;
            if (advancing.get(i).done()) {
                advancing.remove(i);
            }
        }
        return moved;
    }

    /** From now on the operation is advanced whenever this rank is in the runtime, until it is done. */
    public void advance(Advancing operation) {
        operation.advance();
        if (!operation.done()) {
            advancing.add(operation);
        }
    }

    /** Waits. */
    public void await(Waitable what) {
        waiter.await(what);
    }

    /** Numbers of communicators from here on are free on this rank. */
    public int freeContext() {
        return nextContext;
    }

    /** All numbers below are taken. */
    public void takeContexts(int below) {
        nextContext = Math.max(nextContext, below);
    }

    /** The program has returned: completes all sends, then serves the others until all have ended or the job is stopped. */
    public void end() {
        for (Send send : started) {
            // Nobody may ever ask for it: then it is one of the messages that nobody received.
            if (!send.needsMessage()) {
                await(send);
            }
        }
        waiter.end();
    }

    /** Messages that nobody received, once {@link #end} has returned. */
    public List<Parcel> leftOver() {
        return inbox.matcher().leftOver();
    }
}
