package org.pellang.runtime;

import org.pellang.runtime.progress.Members;
import org.pellang.runtime.transport.Board;

/** One long per rank of a communicator that all of them read and change at once, for handing out work. All 0 at the job's start. */
public final class SharedWords {
    private final Board board;
    private final Members members;

    SharedWords(Board board, Members members) {
        this.board = board;
        this.members = members;
    }

    /** Whether there are such words: the ranks share a machine. */
    public boolean areShared() {
        return board.isEverywhere();
    }

    public long get(int rank) {
        return board.work(members.world(rank));
    }

    public void set(int rank, long value) {
        board.work(members.world(rank), value);
    }

    /** Replaces {@code expected}; false if another value stands there. */
    public boolean replace(int rank, long expected, long value) {
        return board.replaceWork(members.world(rank), expected, value);
    }
}
