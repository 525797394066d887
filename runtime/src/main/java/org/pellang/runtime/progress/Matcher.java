package org.pellang.runtime.progress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.transport.Parcel;

/** Posted receives in post order and unexpected messages in arrival order. Used by one thread. */
final class Matcher {
    private final ArrayList<Receive> posted = new ArrayList<>();
    /** Unexpected messages by (context, source), each in arrival order. */
    private final Map<Long, ArrayDeque<Arrival>> unexpected = new HashMap<>();
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
        for (int i = 0; i < posted.size(); i++) {
            Receive receive = posted.get(i);
            if (receive.matches(source, context, tag)) {
                posted.remove(i);
                return receive;
            }
        }
        return null;
    }

    Arrival addUnexpected(Parcel parcel) {
        Arrival arrival = new Arrival(parcel, arrivals++);
        unexpected.computeIfAbsent(key(parcel.context, parcel.source), k -> new ArrayDeque<>()).add(arrival);
        waiting++;
        return arrival;
    }

    /** The unexpected message that came first of those that match; removed if asked for. */
    @Nullable Arrival matchUnexpected(int source, int context, int tag, boolean remove) {
        if (waiting == 0) {
            return null;
        }
        ArrayDeque<Arrival> queue = source == Comm.ANY_SOURCE ? oldestQueue(context, tag) : unexpected.get(key(context, source));
        if (queue == null) {
            return null;
        }
        Arrival head = queue.peek();
        if (head != null && fits(head, tag)) {
            if (remove) {
                queue.remove();
                waiting--;
            }
            return head;
        }
        for (Iterator<Arrival> it = queue.iterator(); it.hasNext(); ) {
            Arrival arrival = it.next();
            if (fits(arrival, tag)) {
                if (remove) {
                    it.remove();
                    waiting--;
                }
                return arrival;
            }
        }
        return null;
    }

    private @Nullable ArrayDeque<Arrival> oldestQueue(int context, int tag) {
        ArrayDeque<Arrival> best = null;
        long number = Long.MAX_VALUE;
        for (ArrayDeque<Arrival> queue : unexpected.values()) {
            for (Arrival arrival : queue) {
                if (arrival.parcel.context != context || arrival.number >= number) {
                    break;
                }
                if (fits(arrival, tag)) {
                    number = arrival.number;
                    best = queue;
                    break;
                }
            }
        }
        return best;
    }

    private static boolean fits(Arrival arrival, int tag) {
        return tag == Comm.ANY_TAG || arrival.parcel.tag == tag;
    }

    boolean anyUnexpected() {
        return waiting > 0;
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
