package org.pellang.runtime.transport.shm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
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

    /**
     * Makes the file, readable by this user alone; whoever makes it removes it when everybody has opened it.
     *
     * @return a folder of its own for it, under /dev/shm where there is that
     */
    public static Path create(int ranks) throws IOException {
        Path memory = Path.of("/dev/shm");
        Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(parent, "pel-board-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder.resolve("board");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.map(FileChannel.MapMode.READ_WRITE, 0, BoardDescriptor.length(ranks));
        }
        return file;
    }

    /** Maps it. @throws IOException also if there is no such file here: this rank is on another machine */
    public static SharedBoard open(Path file, int ranks) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new SharedBoard(channel.map(FileChannel.MapMode.READ_WRITE, 0, BoardDescriptor.length(ranks), Arena.ofAuto()), ranks);
        }
    }

    /** Removes the file's name and its folder. */
    public static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Path folder = file.getParent();
        if (folder != null) {
            Files.deleteIfExists(folder);
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
