package org.pellang.runtime.transport.ring;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.wire.SegmentDescriptor;

/** What the ranks of one machine share: memory with board, rings and arenas, and a way to sleep and to wake. */
public interface Fabric {
    /** Memory in the layout of {@link #layout}. */
    MemorySegment memory();

    /** Where rings and arenas lie. */
    SegmentDescriptor layout();

    /** The job's board. */
    Board board();

    /** For threads of one JVM: per cell of the rings, numbered through, the parcel handed over by reference; else null. */
    @Nullable Parcel @Nullable [] parcels();

    /** Value of a rank's doorbell, to be read before the last look around. */
    int doorbell(int rank);

    /** Sleeps until the doorbell rings, or not at all if it has rung since it had that value. May return early. */
    void awaitDoorbell(int rank, int value);

    /** Rings if that rank is parked. Callers have made visible before what it shall see, with a full fence. */
    void wake(int rank);
}
