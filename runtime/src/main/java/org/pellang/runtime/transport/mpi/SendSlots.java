package org.pellang.runtime.transport.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.pellang.runtime.CommException;
import org.pellang.runtime.memory.Words;

/** Memory of frames that are being sent. They go round: what is written has left the receiver's caches, as in the arenas of shared memory. */
final class SendSlots {
    /** Tag of all frames. */
    static final int TAG = 1;

    /** Slots that are made at once, and at most. */
    private static final int CHUNK = 32;
    private static final int MOST = 256;
    /** Frames to one rank that the library has not finished with. */
    private static final int MOST_PER_RANK = 8;

    private final MpiLibrary library;
    private final long comm;
    private final long type;
    private final long ignored;
    private final long done;
    private final boolean wide;
    private final MemorySegment requests = Arena.global().allocate(MOST * Long.BYTES, Long.BYTES);
    private final long requestsAddress = requests.address();
    private final MemorySegment flag = Arena.global().allocate(Long.BYTES, Long.BYTES);
    private final long flagAddress = flag.address();
    private MemorySegment[] memory = new MemorySegment[0];
    private long[] addresses = new long[0];
    private final int[] free = new int[MOST];
    private int frees;
    /** Where the next one is in {@link #free}. */
    private int first;
    /** Slots whose sends are not complete, and their destinations. */
    private final int[] pending = new int[MOST];
    private final int[] destinations = new int[MOST];
    private int pendings;
    private final int[] pendingTo;

    SendSlots(MpiLibrary library, long comm, int ranks) {
        this.library = library;
        this.comm = comm;
        this.type = library.value("MPI_BYTE");
        this.ignored = library.value("MPI_STATUS_IGNORE");
        this.done = library.value("request.done");
        this.wide = library.abi().handleBytes() == Long.BYTES;
        this.pendingTo = new int[ranks];
    }

    /** A slot for a frame to that rank, or -1. It is taken by {@link #send} only. */
    int free(int destination) {
        if (pendingTo[destination] >= MOST_PER_RANK || frees == 0 && memory.length == MOST) {
            settle();
            if (pendingTo[destination] >= MOST_PER_RANK || frees == 0) {
                return -1;
            }
        }
        if (frees == 0) {
            grow();
        }
        return free[first];
    }

    private void give(int slot) {
        free[(first + frees++) % MOST] = slot;
    }

    private void grow() {
        int before = memory.length;
        memory = Arrays.copyOf(memory, before + CHUNK);
        addresses = Arrays.copyOf(addresses, before + CHUNK);
        MemorySegment all = Arena.global().allocate((long) CHUNK * FrameDescriptor.LENGTH, 64);
        for (int k = 0; k < CHUNK; k++) {
            memory[before + k] = all.asSlice((long) k * FrameDescriptor.LENGTH, FrameDescriptor.LENGTH);
            addresses[before + k] = memory[before + k].address();
            give(before + k);
        }
    }

    MemorySegment memory(int slot) {
        return memory[slot];
    }

    /** Sends what is in that slot, the one that {@link #free} gave. */
    void send(int slot, int destination, int bytes) {
        first = (first + 1) % MOST;
        frees--;
        long request = requestsAddress + (long) slot * Long.BYTES;
        check(MpiCalls.isend(addresses[slot], bytes, type, destination, TAG, comm, request));
        if (wide && requests.get(ValueLayout.JAVA_LONG, (long) slot * Long.BYTES) == done || complete(request)) {
            give(slot);
        } else {
            pending[pendings] = slot;
            destinations[pendings++] = destination;
            pendingTo[destination]++;
        }
    }

    private boolean complete(long request) {
        check(MpiCalls.test(request, flagAddress, ignored));
        return Words.plainInt(flag, 0) != 0;
    }

    private void check(int code) {
        if (code != 0) {
            throw new CommException("the MPI library cannot send: " + MpiJob.words(library, code));
        }
    }

    /** Looks which sends are complete; returns how many. */
    int settle() {
        int before = pendings;
        int kept = 0;
        for (int k = 0; k < before; k++) {
            if (complete(requestsAddress + (long) pending[k] * Long.BYTES)) {
                give(pending[k]);
                pendingTo[destinations[k]]--;
            } else {
                pending[kept] = pending[k];
                destinations[kept++] = destinations[k];
            }
        }
        pendings = kept;
        return before - kept;
    }

    boolean flushed(int destination) {
        return pendingTo[destination] == 0;
    }

    boolean allFlushed() {
        return pendings == 0;
    }
}
