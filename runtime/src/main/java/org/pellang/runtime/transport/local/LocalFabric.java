package org.pellang.runtime.transport.local;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.pellang.runtime.transport.Board;

/** What the ranks of one JVM share: their inboxes, their threads, the board. */
public final class LocalFabric {
    private final Board board;
    private final Inbox[] inboxes;
    private final AtomicReferenceArray<Thread> threads;

    /** For that many ranks. */
    public LocalFabric(int ranks) {
        board = Board.inHeap(ranks);
        inboxes = new Inbox[ranks];
        for (int r = 0; r < ranks; r++) {
            inboxes[r] = new Inbox();
        }
        threads = new AtomicReferenceArray<>(ranks);
    }

    /** The job's board. */
    public Board board() {
        return board;
    }

    /** The access of a rank. */
    public LocalTransport transport(int rank) {
        return new LocalTransport(this, rank);
    }

    /** Says which thread runs a rank, before that thread starts. */
    public void bind(int rank, Thread thread) {
        threads.set(rank, thread);
    }

    Inbox inbox(int rank) {
        return inboxes[rank];
    }

    /** Rings if that rank is parked. Callers have made visible before what it shall see (volatile write). */
    public void wake(int rank) {
        if (board.takeParked(rank)) {
            LockSupport.unpark(threads.get(rank));
        }
    }
}
