package org.pellang.runtime.transport.local;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Parcel;

/** Unbounded queue with many producers and one consumer; FIFO per producer. After D. Vyukov's node-based MPSC queue. */
final class Inbox {
    private final AtomicReference<Parcel> newest;
    private Parcel oldest;

    Inbox() {
        oldest = new Parcel(-1, 0, 0, 0, Kind.BYTE, 0, null, 0, false);
        newest = new AtomicReference<>(oldest);
    }

    void add(Parcel parcel) {
        newest.getAndSet(parcel).next = parcel;
    }

    /** The next parcel; null if there is none, or its producer is between the two steps of {@link #add}. */
    @Nullable Parcel poll() {
        Parcel parcel = oldest.next;
        if (parcel != null) {
            oldest = parcel;
        }
        return parcel;
    }
}
