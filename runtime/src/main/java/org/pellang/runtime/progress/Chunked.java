package org.pellang.runtime.progress;

import java.util.HashMap;
import java.util.Map;

/**
 * Messages of several chunks, as they are made of parts that no array may hold. The first chunk is matched like any message; the upper half of its guard is
 * a number, under which the length has come before and the other chunks follow.
 */
final class Chunked {
    /** Context of the announcements: tag = number, one long: elements of the whole message. */
    static final int LENGTH = -5;
    /** Context of all chunks but the first: tag = number. */
    static final int CONTINUED = -6;

    /** Receiver: elements of announced messages by source and number. */
    private final Map<Long, Long> lengths = new HashMap<>();
    private int last;

    /** Sender: the number of another message. */
    int next() {
        last = last == Integer.MAX_VALUE ? 1 : last + 1;
        return last;
    }

    /** The guard of a first chunk. */
    static long guard(int number) {
        return (long) number << Integer.SIZE;
    }

    /** The number in the guard of a message of a program; 0: it is whole. */
    static int number(long guard) {
        return (int) (guard >>> Integer.SIZE);
    }

    void announced(int source, int number, long elements) {
        lengths.put(key(source, number), elements);
    }

    /** Elements of an announced message. */
    long elements(int source, int number) {
        Long elements = lengths.get(key(source, number));
        if (elements == null) {
            throw new IllegalStateException("chunks of message " + number + " from rank " + source + ", which was not announced");
        }
        return elements;
    }

    /** As {@link #elements}, of a message that has met its receive. */
    long take(int source, int number) {
        long elements = elements(source, number);
        lengths.remove(key(source, number));
        return elements;
    }

    private static long key(int source, int number) {
        return (long) source << Integer.SIZE | number;
    }
}
