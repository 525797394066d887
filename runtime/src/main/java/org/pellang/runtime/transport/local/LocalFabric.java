package org.pellang.runtime.transport.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.ring.Fabric;
import org.pellang.runtime.transport.ring.RingTransport;
import org.pellang.runtime.wire.CellDescriptor;
import org.pellang.runtime.wire.SegmentDescriptor;

/** What the ranks of one JVM share: memory with rings and board, references to parcels, their threads. */
public final class LocalFabric implements Fabric {
    private final MemorySegment memory;
    private final SegmentDescriptor layout;
    private final Board board;
    private final @Nullable Parcel[] parcels;
    private final AtomicReferenceArray<Thread> threads;
    private final AtomicReferenceArray<Runnable> bells;

    /** For that many ranks. */
    public LocalFabric(int ranks) {
        this(ranks, ranks > Runtime.getRuntime().availableProcessors());
    }

    /** @param turns whether the ranks take turns on fewer cores */
    public LocalFabric(int ranks, boolean turns) {
        layout = SegmentDescriptor.ofThreads(ranks, turns);
        memory = Arena.ofAuto().allocate(layout.length(), CellDescriptor.LENGTH);
        board = new Board(memory, ranks);
        parcels = new Parcel[ranks * ranks * layout.cells()];
        threads = new AtomicReferenceArray<>(ranks);
        bells = new AtomicReferenceArray<>(ranks);
    }

    @Override
    public Board board() {
        return board;
    }

    /** The access of a rank. */
    public RingTransport transport(int rank) {
        return new RingTransport(this, rank);
    }

    /** Says which thread runs a rank, before that thread starts. */
    public void bind(int rank, Thread thread) {
        threads.set(rank, thread);
    }

    /** Says what wakes a rank, if it does not sleep in its transport for this fabric. */
    public void bell(int rank, Runnable bell) {
        bells.set(rank, bell);
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public SegmentDescriptor layout() {
        return layout;
    }

    @Override
    public @Nullable Parcel[] parcels() {
        return parcels;
    }

    @Override
    public int doorbell(int rank) {
        // Another one of the rank's threads may be about to sleep.
        if (threads.getPlain(rank) != Thread.currentThread()) {
            threads.set(rank, Thread.currentThread());
        }
        return 0;
    }

    @Override
    public void awaitDoorbell(int rank, int value) {
        // An unpark that comes before this is not lost: that is the permit.
        LockSupport.park(this);
    }

    @Override
    public void wake(int rank) {
        if (board.takeParked(rank)) {
            Runnable bell = bells.get(rank);
            if (bell == null) {
                LockSupport.unpark(threads.get(rank));
            } else {
                bell.run();
            }
        }
    }
}
