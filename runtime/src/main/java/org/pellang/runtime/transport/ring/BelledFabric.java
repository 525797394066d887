package org.pellang.runtime.transport.ring;

import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.wire.SegmentDescriptor;

/** A rank's view of a fabric whose ranks sleep elsewhere, since they wait for more than its messages: whoever is parked is woken by a bell. */
public final class BelledFabric implements Fabric {
    private final Fabric memory;
    private final IntConsumer bell;

    /** @param bell wakes the rank with that number on the fabric; called by the thread that uses this view */
    public BelledFabric(Fabric memory, IntConsumer bell) {
        this.memory = memory;
        this.bell = bell;
    }

    @Override
    public MemorySegment memory() {
        return memory.memory();
    }

    @Override
    public SegmentDescriptor layout() {
        return memory.layout();
    }

    @Override
    public Board board() {
        return memory.board();
    }

    @Override
    public @Nullable Parcel @Nullable [] parcels() {
        return memory.parcels();
    }

    @Override
    public int doorbell(int rank) {
        return 0;
    }

    @Override
    public void awaitDoorbell(int rank, int value) {
        throw new IllegalStateException("rank number " + rank + " sleeps elsewhere");
    }

    @Override
    public void wake(int rank) {
        if (board().takeParked(rank)) {
            bell.accept(rank);
        }
    }
}
