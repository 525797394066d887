package org.pellang.runtime.progress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Received;
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
public final class Endpoint extends Sending {
    /** Context of all chunks of a message but the first ({@link #announce}). */
    public static final int CONTINUED = Chunked.CONTINUED;

    private static final int FIRST_FREE_CONTEXT = 2;

    private final int size;
    private final Waiter waiter;
    private final List<Advancing> advancing = new ArrayList<>();
    /** For blocking receives, if it is not in use. */
    private final Receive single = new Receive(this, "", -1, -1, -1, 0, Kind.BYTE, null, 0, 0, false);
    private Status lastStatus = new Status(-1, -1, 0);
    private int nextContext = FIRST_FREE_CONTEXT;

    /** An endpoint on a transport. */
    public Endpoint(Transport transport, Patience patience) {
        super(transport);
        this.size = transport.size();
        this.waiter = new Waiter(this, transport, patience, backlog, inbox);
    }

    @Override
    Endpoint self() {
        return this;
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

    // ---- receiving ----

    /** Posts a receive of at most {@code len} elements. */
    public Receive receive(String name, int context, int source, int tag, Object buf, int off, int len) {
        enter();
        try {
            Kind kind = checked(buf, off, len);
            recorder.message(name, source, tag, (long) len * kind.bytes());
            return inbox.post(new Receive(this, name, source, context, tag, 0, kind, buf, off, len, false));
        } finally {
            leave();
        }
    }

    /** Receives at most {@code len} elements. */
    public Status receiveNow(String name, int context, int source, int tag, Object buf, int off, int len) {
        enter();
        try {
            Kind kind = checked(buf, off, len);
            recorder.message(name, source, tag, (long) len * kind.bytes());
            return inbox.post(reusable().again(name, source, context, tag, 0, kind, buf, off, len, false)).await();
        } finally {
            leave();
        }
    }

    /** Receives exactly {@code len} elements with a guard. */
    public void receiveGuardedNow(Object name, int context, int source, int tag, long guard, Kind kind, Object buf, int off, int len) {
        enter();
        try {
            inbox.post(reusable().again(name, source, context, tag, guard, kind, buf, off, len, true)).finish();
        } finally {
            leave();
        }
    }

    private Receive reusable() {
        return turnstile == null ? single : new Receive(this, "", -1, -1, -1, 0, Kind.BYTE, null, 0, 0, false);
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
        enter();
        try {
            recorder.message(name, source, tag, 0);
            Receive receive = postFirst(new Receive(this, name, source, context, tag, 0, Kind.BYTE, null, 0, -1, false));
            Status status = receive.await();
            return new Received(withRest(name, (byte[]) receive.awaitArray(), status.source(), receive), status.source(), status.tag());
        } finally {
            leave();
        }
    }

    private byte[] withRest(String name, byte[] start, int source, Receive receive) {
        if (receive.number() == 0) {
            return start;
        }
        byte[] all = Arrays.copyOf(start, Math.toIntExact(receive.elements()));
        for (int at = start.length; at < all.length; ) {
            at += receiveNow(name, CONTINUED, source, receive.number(), all, at, all.length - at).count();
        }
        return all;
    }

    private Receive postFirst(Receive receive) {
        receive.first = true;
        return inbox.post(receive);
    }

    /**
     * As {@link #receive(String, int, int, int, Object, int, int)}, of a message that may be the first chunk of a longer one: {@link Receive#number}.
     *
     * @param buf null: an array made to measure is wanted ({@link Receive#awaitArray})
     */
    public Receive receiveFirst(String name, int context, int source, int tag, Kind kind, @Nullable Object buf, int off, int len) {
        enter();
        try {
            recorder.message(name, source, tag, buf == null ? 0 : (long) len * kind.bytes());
            return postFirst(new Receive(this, name, source, context, tag, 0, kind, buf, off, buf == null ? -1 : len, false));
        } finally {
            leave();
        }
    }

    /** As {@link #receiveFirst(String, int, int, int, Kind, Object, int, int)}, of a message taken before. */
    public Receive receiveFirst(Matched matched, Kind kind, @Nullable Object buf, int off, int len) {
        enter();
        try {
            Parcel parcel = matched.parcel();
            Receive receive =
                    new Receive(this, "recv", parcel.source, parcel.context, parcel.tag, 0, kind, buf, off, buf == null ? -1 : len, false);
            receive.first = true;
            inbox.deliver(matched.take(), receive);
            return receive;
        } finally {
            leave();
        }
    }

    /** Starts to receive a payload of any length: {@link Receive#awaitArray}. */
    public Receive startBytes(String name, int context, int source, int tag) {
        recorder.message(name, source, tag, 0);
        return inbox.post(new Receive(this, name, source, context, tag, 0, Kind.BYTE, null, 0, -1, false));
    }

    /** Posts a receive of exactly {@code len} elements with a guard; {@code buf} null: of a payload of any length. */
    public Receive receiveGuarded(Object name, int context, int source, int tag, long guard, Kind kind, @Nullable Object buf, int off, int len) {
        enter();
        try {
            return inbox.post(new Receive(this, name, source, context, tag, guard, kind, buf, off, buf == null ? -1 : len, true));
        } finally {
            leave();
        }
    }

    /**
     * Messages of that context go to a handler as they come, instead of being matched. It runs on the rank's thread, wherever that is in the
     * runtime; it must copy what it keeps and may only send in ways that never wait.
     */
    public void handle(int context, Consumer<Parcel> handler) {
        enter();
        try {
            inbox.handle(context, handler);
        } finally {
            leave();
        }
    }

    /** No more messages of that context will come. */
    public void forget(int context) {
        enter();
        try {
            inbox.forget(context);
        } finally {
            leave();
        }
    }

    /** The message that such a receive would get. */
    public @Nullable Status probe(int context, int source, int tag) {
        enter();
        try {
            progress();
            Matcher.Arrival arrival = inbox.matcher().matchUnexpected(source, context, tag, false);
            return arrival == null ? null : inbox.status(arrival.parcel);
        } finally {
            leave();
        }
    }

    /** Waits for a message that such a receive would get. */
    public Status awaitProbe(int context, int source, int tag) {
        enter();
        try {
            Probe probe = new Probe(inbox, context, source, tag);
            await(probe);
            return probe.status();
        } finally {
            leave();
        }
    }

    /** Takes a message out of the matching, if one is here, to be received by {@link #receiveFirst(Matched, Kind, Object, int, int)}. */
    public @Nullable Matched take(int context, int source, int tag) {
        enter();
        try {
            progress();
            Matcher.Arrival arrival = inbox.matcher().matchUnexpected(source, context, tag, true);
            return arrival == null ? null : new Matched(arrival, inbox.status(arrival.parcel));
        } finally {
            leave();
        }
    }

    /** Takes back a receive that has not been matched; false if it is too late. */
    boolean cancel(Receive receive) {
        enter();
        try {
            return inbox.matcher().cancel(receive);
        } finally {
            leave();
        }
    }

    // ---- progress and waiting ----

    /** Takes in and pushes on what can be; never blocks. Returns 0 if nothing moved. */
    public int progress() {
        enter();
        try {
            int moved = transport.poll(inbox);
            if (!backlog.isEmpty()) {
                moved += backlog.advance();
            }
            if (!advancing.isEmpty()) {
                moved += advance();
            }
            if (turnstile != null && moved > 0) {
                turnstile.moved();
            }
            return moved;
        } finally {
            leave();
        }
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
        enter();
        try {
            operation.advance();
            if (!operation.done()) {
                advancing.add(operation);
            }
        } finally {
            leave();
        }
    }

    /** What this rank does while it waits, instead of sleeping. Not for ranks with several threads in the runtime. */
    public void insteadOfWaiting(Idle work) {
        waiter.insteadOfWaiting(work);
    }

    /** Wakes the rank's own thread, if it sleeps here, so that it looks around. By any thread. */
    public void ring() {
        transport.wake(rank);
    }

    /** Waits. */
    public void await(Waitable what) {
        enter();
        try {
            if (turnstile == null) {
                waiter.await(what);
            } else {
                turnstile.await(what);
            }
        } finally {
            leave();
        }
    }

    /** Numbers of communicators from here on are free on this rank. */
    public int freeContext() {
        enter();
        try {
            return nextContext;
        } finally {
            leave();
        }
    }

    /** All numbers below are taken. */
    public void takeContexts(int below) {
        enter();
        try {
            nextContext = Math.max(nextContext, below);
        } finally {
            leave();
        }
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
        enter();
        try {
            return inbox.matcher().leftOver();
        } finally {
            leave();
        }
    }
}
