package org.pellang.runtime.transport.shm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import org.pellang.runtime.memory.UnnamedFile;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.transport.Bells;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.wire.BoardDescriptor;

/** A mapping of a job's board alone, with its doorbells, for ranks of one machine whose messages go another way. */
public final class SharedBoard implements Bells {
    private final Board board;
    private final MemorySegment[] doorbells;

    private SharedBoard(MemorySegment memory, int ranks) {
        board = new Board(memory, ranks);
        doorbells = new MemorySegment[ranks];
        for (int r = 0; r < ranks; r++) {
            doorbells[r] = memory.asSlice(BoardDescriptor.block(r) + BoardDescriptor.DOORBELL, Integer.BYTES);
        }
    }

    /** Makes the file. Nothing of it is left, however the ranks end. */
    public static UnnamedFile create(int ranks) throws IOException {
        UnnamedFile file = UnnamedFile.create();
        file.channel().map(FileChannel.MapMode.READ_WRITE, 0, BoardDescriptor.length(ranks));
        return file;
    }

    /** Maps the file of that address. @throws IOException also if there is no such file here: this rank is on another machine */
    public static SharedBoard open(String address, int ranks) throws IOException {
        try (FileChannel channel = UnnamedFile.open(address)) {
            return new SharedBoard(channel.map(FileChannel.MapMode.READ_WRITE, 0, BoardDescriptor.length(ranks), Arena.ofAuto()), ranks);
        }
    }

    /** The board. */
    public Board board() {
        return board;
    }

    @Override
    public int doorbell(int rank) {
        return Words.volatileInt(doorbells[rank], 0);
    }

    @Override
    public void await(int rank, int value, long nanos) {
        Futex.await(doorbells[rank], value, nanos);
    }

    @Override
    public void wake(int rank) {
        if (board.takeParked(rank)) {
            Words.addInt(doorbells[rank], 0, 1);
            Futex.wake(doorbells[rank]);
        }
    }

    @Override
    public boolean reachAll() {
        return true;
    }
}
