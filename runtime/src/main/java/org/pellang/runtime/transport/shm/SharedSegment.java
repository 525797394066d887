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
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.ring.Fabric;
import org.pellang.runtime.transport.ring.RingTransport;
import org.pellang.runtime.wire.BoardDescriptor;
import org.pellang.runtime.wire.SegmentDescriptor;

/**
 * One mapping of a job's segment file. Whoever comes first creates the file; the last to come removes its name, so that nothing
 * is left behind however the job ends.
 */
public final class SharedSegment implements Fabric {
    private static final String FILE = "segment";

    private final MemorySegment memory;
    private final SegmentDescriptor layout;
    private final Board board;
    private final MemorySegment[] doorbells;

    private SharedSegment(MemorySegment memory, int ranks) {
        this.memory = memory;
        this.layout = SegmentDescriptor.ofProcesses(ranks);
        this.board = new Board(memory, ranks);
        this.doorbells = new MemorySegment[ranks];
        for (int r = 0; r < ranks; r++) {
            doorbells[r] = memory.asSlice(BoardDescriptor.block(r) + BoardDescriptor.DOORBELL, Integer.BYTES);
        }
    }

    /**
     * Maps the segment of a job, once per rank.
     *
     * @param folder a private folder of the job, under /dev/shm
     * @throws IOException if it cannot be made, also if the file system has no room for it
     */
    public static SharedSegment attach(Path folder, int ranks) throws IOException {
        return attach(folder, FILE, ranks);
    }

    /** As above; {@code name} of the file tells hosts of a job apart that are one machine, and its attempts. */
    public static SharedSegment attach(Path folder, String name, int ranks) throws IOException {
        long length = SegmentDescriptor.ofProcesses(ranks).length();
        Path file = folder.resolve(name);
        if (Files.getFileStore(folder).getUsableSpace() < length) {
            throw new IOException("no room for the shared segment of " + (length >> 20) + " MiB in " + folder);
        }
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, length, Arena.ofAuto());
            SharedSegment segment = new SharedSegment(memory, ranks);
            if (segment.board.attach()) {
                Files.deleteIfExists(file);
            }
            return segment;
        }
    }

    @Override
    public Board board() {
        return board;
    }

    /** The access of a rank. */
    public RingTransport transport(int rank) {
        return new RingTransport(this, rank);
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
    public @Nullable Parcel @Nullable [] parcels() {
        return null;
    }

    @Override
    public int doorbell(int rank) {
        return Words.volatileInt(doorbells[rank], 0);
    }

    @Override
    public void awaitDoorbell(int rank, int value) {
        Futex.await(doorbells[rank], value);
    }

    @Override
    public void wake(int rank) {
        if (board.takeParked(rank)) {
            Words.addInt(doorbells[rank], 0, 1);
            Futex.wake(doorbells[rank]);
        }
    }
}
