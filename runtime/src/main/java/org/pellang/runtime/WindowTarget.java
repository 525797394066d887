package org.pellang.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.pellang.runtime.collective.Combine;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.transport.Parcel;

/** One rank's side of a window as a target: does what the origins ask for, in order per origin, each request as a whole. */
final class WindowTarget {
    /** What an origin asks for; the ordinal travels. */
    enum Action {
        PUT, GET, ACCUMULATE, GET_ACCUMULATE, GET_AND_PUT, COMPARE_AND_SWAP, FLUSH, LOCK_SHARED, LOCK_EXCLUSIVE, UNLOCK
    }

    /** Words of a request: action, place, length, operator, tag of the reply. */
    static final int WORDS = 5;

    private static final byte[] NOTHING = {};

    private final Endpoint endpoint;
    private final int replies;
    private final Object array;
    private final Kind kind;
    /** Requests whose elements are still to come, by origin. */
    private final Map<Integer, long[]> announced = new HashMap<>();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private int sharers;
    private boolean exclusive;

    private record Waiting(int origin, int tag, boolean exclusive) {}

    WindowTarget(Endpoint endpoint, int replies, Object array) {
        this.endpoint = endpoint;
        this.replies = replies;
        this.array = array;
        this.kind = Kind.of(array);
    }

    /** A request or its elements. */
    void take(Parcel parcel) {
        long[] request = announced.remove(parcel.source);
        if (request == null) {
            long[] words = new long[WORDS];
            Kind.copy(parcel.contents(), parcel.offset, words, 0, WORDS);
            begin(parcel.source, words);
        } else {
            apply(parcel.source, request, parcel.contents(), parcel.offset);
        }
    }

    private void begin(int origin, long[] request) {
        int tag = (int) request[4];
        switch (Action.values()[(int) request[0]]) {
            case PUT, ACCUMULATE, GET_ACCUMULATE, GET_AND_PUT, COMPARE_AND_SWAP -> announced.put(origin, request);
            case GET -> endpoint.sendBuffered("rma send", replies, origin, tag, array, (int) request[1], (int) request[2]);
            case FLUSH -> answer(origin, tag);
            case LOCK_SHARED -> {
                queue.add(new Waiting(origin, tag, false));
                grant();
            }
            case LOCK_EXCLUSIVE -> {
                queue.add(new Waiting(origin, tag, true));
                grant();
            }
            case UNLOCK -> {
                if (exclusive) {
                    exclusive = false;
                } else {
                    sharers--;
                }
                answer(origin, tag);
                grant();
            }
        }
    }

    private void apply(int origin, long[] request, Object elements, int from) {
        int at = (int) request[1];
        int len = (int) request[2];
        Op op = Op.values()[(int) request[3]];
        switch (Action.values()[(int) request[0]]) {
            case PUT -> Kind.copy(elements, from, array, at, len);
            case ACCUMULATE -> Combine.intoLeft(op, array, at, elements, from, len);
            case GET_ACCUMULATE -> {
                endpoint.sendBuffered("rma send", replies, origin, (int) request[4], array, at, len);
                Combine.intoLeft(op, array, at, elements, from, len);
            }
            case GET_AND_PUT -> {
                endpoint.sendBuffered("rma send", replies, origin, (int) request[4], array, at, len);
                Kind.copy(elements, from, array, at, len);
            }
            case COMPARE_AND_SWAP -> {
                endpoint.sendBuffered("rma send", replies, origin, (int) request[4], array, at, 1);
                if (sameBits(elements, from, at)) {
                    Kind.copy(elements, from + 1, array, at, 1);
                }
            }
            case GET, FLUSH, LOCK_SHARED, LOCK_EXCLUSIVE, UNLOCK -> throw new IllegalStateException("a request without elements has some");
        }
    }

    private boolean sameBits(Object elements, int from, int at) {
        long[] pair = new long[2];
        kind.toWords(elements, from, 1, pair, 0);
        kind.toWords(array, at, 1, pair, 1);
        return pair[0] == pair[1];
    }

    /** Locks are granted in the order in which they were asked for. */
    private void grant() {
        while (!queue.isEmpty() && !exclusive && (sharers == 0 || !queue.element().exclusive)) {
            Waiting next = queue.remove();
            exclusive = next.exclusive;
            sharers += next.exclusive ? 0 : 1;
            answer(next.origin, next.tag);
        }
    }

    private void answer(int origin, int tag) {
        endpoint.sendBuffered("rma send", replies, origin, tag, NOTHING, 0, 0);
    }
}
