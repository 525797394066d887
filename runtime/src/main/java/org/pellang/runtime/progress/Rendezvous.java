package org.pellang.runtime.progress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Parcel;

/**
 * Messages without credit: first only the header goes, as a promise with a number; when a receive has met it the receiver asks for the
 * elements by that number, and then they go straight to their place. So what nobody receives stays with its sender.
 */
final class Rendezvous {
    /** A header: tag = number, elements = context, tag, kind, count. */
    static final int PROMISE = -2;
    /** The receiver asks: tag = number. */
    static final int ASK = -3;
    /** The elements: tag = number. */
    static final int CONTENTS = -4;

    static final int WORDS = 4;

    private final Credits credits;
    /** Contexts whose messages are dealt with as they come: these always go whole, in order. */
    private final Set<Integer> whole = new HashSet<>();
    /** Sender: by number. */
    private final Map<Integer, Outgoing> promised = new HashMap<>();
    /** Receiver: by source and number. */
    private final Map<Long, Receive> asked = new HashMap<>();
    private int last;

    Rendezvous(Credits credits) {
        this.credits = credits;
    }

    void whole(int context, boolean always) {
        if (always) {
            whole.add(context);
        } else {
            whole.remove(context);
        }
    }

    /** Whether a message of that context is one of this protocol, or an announcement of chunks. */
    static boolean owns(int context) {
        return context <= PROMISE && context > Chunked.CONTINUED;
    }

    /** What may go now: the message itself, or its header. */
    Outgoing admit(Outgoing message) {
        if (message.admitted) {
            return message;
        }
        message.admitted = true;
        if (message.shared) {
            return message;
        }
        long cost = Credits.cost(message.bytes());
        if (credits.cover(message.destination, cost) || whole.contains(message.context)) {
            credits.spend(message.destination, cost);
            return message;
        }
        return promise(message);
    }

    private Outgoing promise(Outgoing message) {
        do {
            last = last + 1 & Integer.MAX_VALUE;
        } while (promised.putIfAbsent(last, message) != null);
        message.promised = true;
        int[] header = {message.context, message.tag, message.kind.ordinal(), message.count};
        Outgoing promise = new Outgoing(message.destination, PROMISE, last, message.guard, Kind.INT, header, 0, WORDS);
        promise.admitted = true;
        return promise;
    }

    /** The receiver asks for the elements: the message that carries them. */
    Outgoing asked(int number) {
        Outgoing message = promised.remove(number);
        if (message == null) {
            throw new IllegalStateException("asked for message " + number + ", which was not promised");
        }
        Outgoing contents =
                new Outgoing(message.destination, CONTENTS, number, 0, message.kind, message.data, message.offset, message.count);
        contents.owned = message.owned;
        contents.admitted = true;
        message.carrier = contents;
        return contents;
    }

    /** A receive has met a promise: what to ask with. */
    Outgoing ask(Parcel promise, Receive receive) {
        asked.put(key(promise.source, promise.promise), receive);
        Outgoing question = new Outgoing(promise.source, ASK, promise.promise, 0, Kind.BYTE, new byte[0], 0, 0);
        question.admitted = true;
        return question;
    }

    /** The receive that has asked for these elements. */
    Receive receiver(int source, int number) {
        @Nullable Receive receive = asked.remove(key(source, number));
        if (receive == null) {
            throw new IllegalStateException("elements of message " + number + " from rank " + source + ", which nobody asked for");
        }
        return receive;
    }

    /** The header that a promise holds. */
    static Parcel header(Parcel promise) {
        int[] words = new int[WORDS];
        Kind.copy(promise.contents(), promise.offset, words, 0, WORDS);
        Parcel header = new Parcel(promise.source, words[0], words[1], promise.guard, Kind.at(words[2]), words[3], null, 0, false);
        header.promise = promise.tag;
        return header;
    }

    private static long key(int source, int number) {
        return (long) source << Integer.SIZE | number;
    }
}
