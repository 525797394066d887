package org.pellang.runtime.progress;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;

/**
 * The receives that wait for a message: a queue for each (source, communicator) and one for those from any source. Which of the first of both was
 * posted before says a stamp. Used by one thread.
 */
final class Posted {
    private static final int FEW = 4;

    /** By source; the queues of a source's communicators hang together, the last one used in front. Null: none yet. */
    private @Nullable Queue[] bySource = new Queue[FEW];
    private final Queue wild = new Queue();
    private long stamps;

    /** Receives of one (source, communicator), or of all with a wildcard, in post order: a ring. */
    private static final class Queue {
        int context = -1;
        @Nullable Queue next;
        @Nullable Receive[] ring = new Receive[FEW];
        int head;
        int size;

        @Nullable Receive at(int place) {
            return ring[head + place & ring.length - 1];
        }

        void add(Receive receive) {
            if (size == ring.length) {
                @Nullable Receive[] longer = new Receive[2 * size];
                for (int i = 0; i < size; i++) {
                    longer[i] = at(i);
                }
                ring = longer;
                head = 0;
            }
            ring[head + size++ & ring.length - 1] = receive;
        }

        /** Place of the first that takes such a message, or -1. */
        int find(int inContext, int tag) {
            for (int i = 0; i < size; i++) {
                Receive receive = at(i);
                if (receive != null && receive.context == inContext && (receive.tag == tag || receive.tag == Comm.ANY_TAG)) {
                    return i;
                }
            }
            return -1;
        }

        @Nullable Receive remove(int place) {
            Receive removed = at(place);
            int mask = ring.length - 1;
            if (place == 0) {
                ring[head & mask] = null;
                head = head + 1 & mask;
            } else {
                for (int i = place; i < size - 1; i++) {
                    ring[head + i & mask] = at(i + 1);
                }
                ring[head + size - 1 & mask] = null;
            }
            size--;
            return removed;
        }
    }

    /** Waits for a message from now on. */
    void add(Receive receive) {
        receive.stamp = stamps++;
        if (receive.source == Comm.ANY_SOURCE) {
            wild.add(receive);
        } else {
            made(receive.source, receive.context).add(receive);
        }
    }

    private @Nullable Queue queue(int source, int context) {
        Queue first = source < bySource.length ? bySource[source] : null;
        if (first == null || first.context == context) {
            return first;
        }
        for (Queue before = first; before.next != null; before = before.next) {
            Queue found = before.next;
            if (found.context == context) {
                before.next = found.next;
                found.next = first;
                bySource[source] = found;
                return found;
            }
        }
        return null;
    }

    private Queue made(int source, int context) {
        Queue known = queue(source, context);
        if (known != null) {
            return known;
        }
        if (source >= bySource.length) {
            bySource = Arrays.copyOf(bySource, Math.max(source + 1, 2 * bySource.length));
        }
        // One that is empty serves another communicator: there are never more than are needed at once.
        Queue free = bySource[source];
        while (free != null && free.size > 0) {
            free = free.next;
        }
        if (free == null) {
            free = new Queue();
            free.next = bySource[source];
            bySource[source] = free;
        }
        free.context = context;
        return free;
    }

    /** Removes and returns the receive that was posted first of those that take such a message. */
    @Nullable Receive match(int source, int context, int tag) {
        Queue own = queue(source, context);
        int place = own == null ? -1 : own.find(context, tag);
        if (wild.size > 0) {
            int other = wild.find(context, tag);
            if (other >= 0 && (place < 0 || own == null || stamp(wild, other) < stamp(own, place))) {
                return wild.remove(other);
            }
        }
        return place < 0 || own == null ? null : own.remove(place);
    }

    private static long stamp(Queue queue, int place) {
        Receive receive = queue.at(place);
        return receive == null ? Long.MAX_VALUE : receive.stamp;
    }

    /** Whether the receive was still waiting for its message; it is forgotten. */
    boolean cancel(Receive receive) {
        Queue queue = receive.source == Comm.ANY_SOURCE ? wild : queue(receive.source, receive.context);
        for (int i = 0; queue != null && i < queue.size; i++) {
            if (queue.at(i) == receive) {
                queue.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Queues that exist, for tests. */
    int queues() {
        int n = 0;
        for (Queue first : bySource) {
            for (Queue queue = first; queue != null; queue = queue.next) {
                n++;
            }
        }
        return n;
    }
}
