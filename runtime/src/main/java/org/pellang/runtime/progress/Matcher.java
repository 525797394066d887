package org.pellang.runtime.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.transport.Parcel;

/** Posted receives in post order and unexpected messages in arrival order. Used by one thread. */
final class Matcher {
    private final Posted posted = new Posted();
    /** Unexpected messages by (context, source). */
    private final Map<Long, Unexpected> unexpected = new HashMap<>();
    private @Nullable Unexpected lastQueue;
    private long lastKey;
    private long arrivals;
    private int waiting;

    /** An unexpected message; the receive is set if it was matched before all of its elements were here. */
    static final class Arrival {
        final Parcel parcel;
        final long number;
        @Nullable Receive claimed;

        Arrival(Parcel parcel, long number) {
            this.parcel = parcel;
            this.number = number;
        }
    }

    void post(Receive receive) {
        posted.add(receive);
    }

    /** Removes and returns the receive that was posted first of those that match. */
    @Nullable Receive matchPosted(int source, int context, int tag) {
        return posted.match(source, context, tag);
    }

    /** Whether the receive was still waiting for its message; it is forgotten. */
    boolean cancel(Receive receive) {
        return posted.cancel(receive);
    }

    Arrival addUnexpected(Parcel parcel) {
        Arrival arrival = new Arrival(parcel, arrivals++);
        queueFor(parcel).add(arrival);
        waiting++;
        return arrival;
    }

    /** A short message that is all here; the parcel may be forgotten. */
    void packUnexpected(Parcel parcel) {
        queueFor(parcel).pack(parcel, arrivals++);
        waiting++;
    }

    /** A message of which only the header is here. */
    void addPromise(Parcel header) {
        queueFor(header).promise(header, arrivals++);
        waiting++;
    }

    private Unexpected queueFor(Parcel parcel) {
        Unexpected queue = queue(parcel.context, parcel.source);
        if (queue == null) {
            queue = new Unexpected(parcel.context, parcel.source);
            unexpected.put(key(parcel.context, parcel.source), queue);
        }
        return queue;
    }

    private @Nullable Unexpected queue(int context, int source) {
        long key = key(context, source);
        Unexpected queue = lastQueue;
        if (queue == null || key != lastKey) {
            queue = unexpected.get(key);
            lastQueue = queue;
            lastKey = key;
        }
        return queue;
    }

    /** The unexpected message that came first of those that match; removed if asked for. */
    @Nullable Arrival matchUnexpected(int source, int context, int tag, boolean remove) {
        if (waiting == 0) {
            return null;
        }
        Unexpected queue = source == Comm.ANY_SOURCE ? oldestQueue(context, tag) : queue(context, source);
        Arrival arrival = queue == null ? null : queue.find(tag, remove);
        if (arrival != null && remove) {
            waiting--;
        }
        return arrival;
    }

    private @Nullable Unexpected oldestQueue(int context, int tag) {
        Unexpected best = null;
        long least = Long.MAX_VALUE;
        for (Unexpected queue : unexpected.values()) {
            long number = queue.context() == context ? queue.number(tag) : Long.MAX_VALUE;
            if (number < least) {
                least = number;
                best = queue;
            }
        }
        return best;
    }

    /** All unexpected messages. */
    List<Parcel> leftOver() {
        List<Parcel> parcels = new ArrayList<>();
        unexpected.values().forEach(queue -> queue.forEach(arrival -> parcels.add(arrival.parcel)));
        return parcels;
    }

    private static long key(int context, int source) {
        return (long) context << 32 | source;
    }
}
