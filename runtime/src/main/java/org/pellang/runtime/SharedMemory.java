package org.pellang.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.pellang.runtime.memory.UnnamedFile;

/**
 * Memory of one machine that all ranks of a communicator load from and store to directly (MPI_Win_allocate_shared, MPI_Win_shared_query). Each
 * rank has a part of its own, aligned to 64 bytes, and sees all others. Stores become visible to the others by {@link #fence}, or by a message
 * sent after them; atomic access through a {@code VarHandle} works across ranks.
 *
 * <p>The file behind it has no name from the first moment on, so that nothing is left however the ranks end; it goes with its last mapping.
 */
public final class SharedMemory implements AutoCloseable, DoubleAccess.OfMemory, LongAccess.OfMemory, IntAccess.OfMemory, FloatAccess.OfMemory,
        ShortAccess.OfMemory, ByteAccess.OfMemory, BooleanAccess.OfMemory {
    private static final Site SITE = new Site("", 0, "sharedMemory");
    private static final long ALIGN = 64;

    private final Comm comm;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final long[] starts;
    private final long[] lengths;

    SharedMemory(Comm comm, long bytes) {
        if (bytes < 0) {
            throw new CommException("shared memory of " + bytes + " bytes");
        }
        this.comm = comm;
        this.lengths = new long[comm.size()];
        comm.allgather(SITE, new long[] {bytes}, 0, 1, lengths, 0);
        this.starts = new long[comm.size() + 1];
        for (int r = 0; r < lengths.length; r++) {
            starts[r + 1] = starts[r] + (lengths[r] + ALIGN - 1) / ALIGN * ALIGN;
        }
        this.memory = map(Math.max(ALIGN, starts[comm.size()]));
    }

    private MemorySegment map(long length) {
        String failure = "";
        MemorySegment mapped = MemorySegment.NULL;
        try {
            if (comm.rank() == 0) {
                try (UnnamedFile file = UnnamedFile.create()) {
                    mapped = file.channel().map(FileChannel.MapMode.READ_WRITE, 0, length, arena);
                    comm.bcastBytes(SITE, file.address().getBytes(StandardCharsets.UTF_8), 0);
                    // Open until all have it: the path goes by way of this process's file descriptor.
                    comm.barrier(SITE);
                }
            } else {
                String address = new String(comm.bcastBytes(SITE, null, 0), StandardCharsets.UTF_8);
                try (FileChannel channel = UnnamedFile.open(address)) {
                    mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, length, arena);
                } catch (IOException e) {
                    failure = "rank " + comm.rank() + " cannot map the shared memory (do all ranks run on one machine?): " + e;
                }
                comm.barrier(SITE);
            }
        } catch (IOException e) {
            throw new CommException("rank 0 cannot make shared memory of " + length + " bytes: " + e.getMessage());
        }
        for (byte[] words : comm.allgatherBytes(SITE, failure.getBytes(StandardCharsets.UTF_8))) {
            if (words.length > 0) {
                throw new CommException(new String(words, StandardCharsets.UTF_8));
            }
        }
        return mapped;
    }

    /** Copies elements to a rank's memory, from its element {@code at} on (MPI_Put). @throws IndexOutOfBoundsException if there is no room */
    public void put(Part part, int rank, long at) {
        PartMessages.copy(part, elements(part, rank, at));
    }

    /** Copies elements of a rank's memory, from its element {@code at} on (MPI_Get). @throws IndexOutOfBoundsException if there are none */
    public void get(Part part, int rank, long at) {
        PartMessages.copy(elements(part, rank, at), part);
    }

    private Part elements(Part part, int rank, long at) {
        return Part.of(of(rank).asSlice(at * part.kind().bytes(), part.count() * part.kind().bytes()), part.kind());
    }

    /** A rank's part: as many bytes as it asked for (MPI_Win_shared_query). */
    public MemorySegment of(int rank) {
        return memory.asSlice(starts[comm.checkedPeer(rank)], lengths[rank], ALIGN);
    }

    /** This rank's part (MPI_Win_shared_query). */
    public MemorySegment mine() {
        return of(comm.rank());
    }

    /** Collective: what anybody stored before, everybody sees after (MPI_Win_fence). */
    public void fence() {
        VarHandle.fullFence();
        comm.barrier(SITE);
        VarHandle.fullFence();
    }

    /** Collective: nobody uses it any more (MPI_Win_free). */
    @Override
    public void close() {
        fence();
        arena.close();
    }
}
