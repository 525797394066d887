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
    private final Part part;
    /** Requests whose elements are still to come, by origin. */
    private final Map<Integer, long[]> announced = new HashMap<>();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private int sharers;
    private boolean exclusive;

    private record Waiting(int origin, int tag, boolean exclusive) {}

    WindowTarget(Endpoint endpoint, int replies, Part part) {
        this.endpoint = endpoint;
        this.replies = replies;
        this.part = part;
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
            case GET -> show(origin, tag, request[1], (int) request[2]);
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
        long at = request[1];
        int len = (int) request[2];
        int tag = (int) request[4];
        Op op = Op.values()[(int) request[3]];
        switch (Action.values()[(int) request[0]]) {
            case PUT -> part.unpack(at, len, elements, from);
            case ACCUMULATE -> combine(op, at, len, elements, from);
            case GET_ACCUMULATE -> {
                show(origin, tag, at, len);
                combine(op, at, len, elements, from);
            }
            case GET_AND_PUT -> {
                show(origin, tag, at, len);
                part.unpack(at, len, elements, from);
            }
            case COMPARE_AND_SWAP -> {
                show(origin, tag, at, 1);
                if (sameBits(elements, from, at)) {
                    part.unpack(at, 1, elements, from + 1);
                }
            }
            case GET, FLUSH, LOCK_SHARED, LOCK_EXCLUSIVE, UNLOCK -> throw new IllegalStateException("a request without elements has some");
        }
    }

    /** Elements as they are now. */
    private Object packed(long at, int len) {
        Object packed = part.kind().allocate(len);
        part.pack(at, len, packed, 0);
        return packed;
    }

    private void show(int origin, int tag, long at, int len) {
        if (part.isArray()) {
            endpoint.sendBuffered("rma send", replies, origin, tag, part.array(), part.offset() + (int) at, len);
        } else {
            endpoint.sendBuffered("rma send", replies, origin, tag, packed(at, len), 0, len);
        }
    }

    private void combine(Op op, long at, int len, Object elements, int from) {
        if (part.isArray()) {
            Combine.intoLeft(op, part.array(), part.offset() + (int) at, elements, from, len);
        } else {
            Object sum = packed(at, len);
            Combine.intoLeft(op, sum, 0, elements, from, len);
            part.unpack(at, len, sum, 0);
        }
    }

    private boolean sameBits(Object elements, int from, long at) {
        long[] pair = new long[2];
        part.kind().toWords(elements, from, 1, pair, 0);
        part.kind().toWords(packed(at, 1), 0, 1, pair, 1);
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
