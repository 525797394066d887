package org.pellang.runtime.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Status;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Landing;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;

/** What comes to a rank: messages meet receives or handlers, or wait; promises are asked for. By the rank's own thread. */
final class Inbox implements Sink {
    /** Context of the answers to synchronous sends. */
    static final int ANSWERS = -1;

    private static final byte[] NOTHING = {};

    private final Transport transport;
    private final Credits credits;
    private final Rendezvous rendezvous;
    private final Backlog backlog;
    private final Matcher matcher = new Matcher();
    private final Chunked chunked = new Chunked();
    private final Map<Parcel, Matcher.Arrival> filling = new HashMap<>();
    private final Map<Integer, Consumer<Parcel>> handlers = new HashMap<>();
    private @Nullable Waitable expected;
    /** Unexpected messages whose senders wait until they are copied, at the latest before this rank parks. */
    private final List<Parcel> lent = new ArrayList<>();

    Inbox(Transport transport, Credits credits, Rendezvous rendezvous, Backlog backlog) {
        this.transport = transport;
        this.credits = credits;
        this.rendezvous = rendezvous;
        this.backlog = backlog;
    }

    Matcher matcher() {
        return matcher;
    }

    Chunked chunked() {
        return chunked;
    }

    /** The envelope of a message that is here; of one of several chunks with all its elements. */
    Status status(Parcel parcel) {
        int number = parcel.guard == 0 ? 0 : Chunked.number(parcel.guard);
        return number == 0 ? new Status(parcel.source, parcel.tag, parcel.count)
                : Status.of(parcel.source, parcel.tag, chunked.elements(parcel.source, number));
    }

    /** What the rank waits for from now on; null: for nothing. */
    void expect(@Nullable Waitable what) {
        expected = what;
    }

    @Override
    public boolean satisfied() {
        Waitable what = expected;
        return what != null && what.done();
    }

    /** Lets go the senders of unexpected messages that nobody here is about to receive. */
    void adoptLent() {
        for (Parcel parcel : lent) {
            if (parcel.adopt()) {
                transport.wake(parcel.source);
            }
        }
        lent.clear();
    }

    void close(Parcel parcel) {
        if (parcel.release()) {
            transport.wake(parcel.source);
        }
    }

    /** Takes the message that came first of those that match, or waits for one. */
    Receive post(Receive receive) {
        Matcher.Arrival arrival = matcher.matchUnexpected(receive.source, receive.context, receive.tag, true);
        if (arrival == null) {
            matcher.post(receive);
            return receive;
        }
        deliver(arrival, receive);
        return receive;
    }

    void handle(int context, Consumer<Parcel> handler) {
        handlers.put(context, handler);
        rendezvous.whole(context, true);
    }

    void forget(int context) {
        handlers.remove(context);
        rendezvous.whole(context, false);
    }

    private boolean handled(Parcel parcel) {
        Consumer<Parcel> handler = handlers.isEmpty() ? null : handlers.get(parcel.context);
        if (handler == null) {
            return false;
        }
        credits.giveBack(parcel.source, parcel.bytes());
        handler.accept(parcel);
        return true;
    }

    /** Gives a message taken out of the matching to a receive. */
    void deliver(Matcher.Arrival arrival, Receive receive) {
        Parcel parcel = arrival.parcel;
        accept(receive, parcel.source, parcel.tag, parcel.guard, parcel.kind, parcel.count);
        if (parcel.promise >= 0) {
            backlog.push(rendezvous.ask(parcel, receive));
            return;
        }
        found(parcel);
        if (filling.containsKey(parcel)) {
            arrival.claimed = receive;
        } else {
            deliver(parcel, receive);
        }
    }

    // ---- what the transport calls ----

    @Override
    public void arrived(Parcel parcel) {
        if (parcel.context == Rendezvous.CONTENTS) {
            deliver(parcel, rendezvous.receiver(parcel.source, parcel.tag));
            return;
        }
        if (handled(parcel)) {
            close(parcel);
            return;
        }
        Receive receive = matcher.matchPosted(parcel.source, parcel.context, parcel.tag);
        if (receive == null) {
            matcher.addUnexpected(parcel);
            if (parcel.lent()) {
                lent.add(parcel);
            }
            return;
        }
        accept(receive, parcel.source, parcel.tag, parcel.guard, parcel.kind, parcel.count);
        found(parcel);
        deliver(parcel, receive);
    }

    /** The message needs no memory of this rank's own any more. */
    private void found(Parcel parcel) {
        if (!parcel.shared) {
            credits.giveBack(parcel.source, parcel.bytes());
        }
    }

    private void accept(Receive receive, int source, int tag, long guard, Kind kind, int count) {
        boolean words = receive.guard == 0 && guard != 0;
        receive.accept(source, tag, words ? 0 : guard, kind, count);
        if (words) {
            heed(receive, source, guard);
        }
    }

    /** In messages of programs a guard says that more chunks follow, or asks for an answer, now that the message is matched. */
    private void heed(Receive receive, int source, long guard) {
        int number = Chunked.number(guard);
        if (number != 0) {
            receive.goesOn(number, chunked.take(source, number));
        }
        if ((guard & 1) != 0) {
            Outgoing word = new Outgoing(source, ANSWERS, (int) (guard >>> 1) & Integer.MAX_VALUE, 0, Kind.BYTE, NOTHING, 0, 0);
            word.admitted = true;
            backlog.push(word);
        }
    }

    private void deliver(Parcel parcel, Receive receive) {
        if (receive.viewing && receive.view(parcel)) {
            receive.complete();
            return;
        }
        Object contents = parcel.contents();
        Object target = receive.data;
        if (target != null) {
            parcel.copyTo(target, receive.offset);
        } else if (receive.takesAny()) {
            boolean whole = !parcel.lent() && parcel.offset == 0 && parcel.kind.length(contents) == parcel.count;
            receive.take(whole ? contents : parcel.kind.copyOf(contents, parcel.offset, parcel.count));
        }
        close(parcel);
        receive.complete();
    }

    @Override
    public Landing begin(int source, int context, int tag, long guard, Kind kind, int count) {
        boolean contents = context == Rendezvous.CONTENTS;
        Receive receive = contents ? rendezvous.receiver(source, tag) : matcher.matchPosted(source, context, tag);
        if (receive != null) {
            if (!contents) {
                accept(receive, source, tag, guard, kind, count);
                credits.giveBack(source, (long) count * kind.bytes());
            }
            if (receive.takesAny()) {
                receive.take(kind.allocate(count));
            }
            return receive;
        }
        Parcel parcel = new Parcel(source, context, tag, guard, kind, count, kind.allocate(count), 0, false);
        if (parcel.bytes() > Unexpected.PACKED_BYTES && !handlers.containsKey(context)) {
            filling.put(parcel, matcher.addUnexpected(parcel));
        }
        return parcel;
    }

    @Override
    public void finished(Landing landing) {
        if (landing instanceof Receive receive) {
            receive.complete();
        } else if (landing instanceof Parcel parcel && Rendezvous.owns(parcel.context)) {
            protocol(parcel);
        } else if (landing instanceof Parcel parcel && !handled(parcel)) {
            if (parcel.bytes() <= Unexpected.PACKED_BYTES) {
                matcher.packUnexpected(parcel);
                return;
            }
            Matcher.Arrival arrival = filling.remove(parcel);
            if (arrival != null && arrival.claimed != null) {
                deliver(parcel, arrival.claimed);
            }
        }
    }

    private void protocol(Parcel parcel) {
        if (parcel.context == Rendezvous.ASK) {
            backlog.push(rendezvous.asked(parcel.tag));
            return;
        }
        if (parcel.context == Chunked.LENGTH) {
            long[] elements = new long[1];
            Kind.copy(parcel.contents(), parcel.offset, elements, 0, 1);
            chunked.announced(parcel.source, parcel.tag, elements[0]);
            return;
        }
        Parcel header = Rendezvous.header(parcel);
        Receive receive = matcher.matchPosted(header.source, header.context, header.tag);
        if (receive == null) {
            matcher.addPromise(header);
        } else {
            accept(receive, header.source, header.tag, header.guard, header.kind, header.count);
            backlog.push(rendezvous.ask(header, receive));
        }
    }
}
