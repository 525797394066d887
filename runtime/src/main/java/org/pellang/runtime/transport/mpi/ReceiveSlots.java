package org.pellang.runtime.transport.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.pellang.runtime.CommException;
import org.pellang.runtime.memory.Words;

/**
 * Receives that stand ready for frames of any source, as a ring: MPI gives frames of one source to them in the order in which they were started, so they are looked
 * at in that order too.
 */
final class ReceiveSlots {
    private static final int SLOTS = 16;
    private static final int FLAG = 0;

    private final MpiLibrary library;
    private final long ignored;
    private final MemorySegment[] memory = new MemorySegment[SLOTS];
    private final MemorySegment flag;
    private final long flagAddress;
    private final long requests;
    private final int handleBytes;
    private int head;
    /** Slots before the head that have been read and not been started again. */
    private int used;

    ReceiveSlots(MpiLibrary library, long comm) {
        this.library = library;
        this.ignored = library.value("MPI_STATUS_IGNORE");
        this.handleBytes = library.abi().handleBytes();
        Arena arena = Arena.global();
        this.flag = arena.allocate(Long.BYTES, Long.BYTES);
        this.flagAddress = flag.address();
        this.requests = arena.allocate((long) SLOTS * handleBytes, Long.BYTES).address();
        MemorySegment all = arena.allocate((long) SLOTS * FrameDescriptor.LENGTH, 64);
        long type = library.value("MPI_BYTE");
        int any = (int) library.value("MPI_ANY_SOURCE");
        for (int s = 0; s < SLOTS; s++) {
            memory[s] = all.asSlice((long) s * FrameDescriptor.LENGTH, FrameDescriptor.LENGTH);
            check(MpiCalls.receiveInit(memory[s].address(), FrameDescriptor.LENGTH, type, any, SendSlots.TAG, comm, request(s)));
            check(MpiCalls.start(request(s)));
        }
    }

    private long request(int slot) {
        return requests + (long) slot * handleBytes;
    }

    private void check(int code) {
        if (code != 0) {
            throw new CommException("the MPI library cannot receive: " + MpiJob.words(library, code));
        }
    }

    /** Whether the next frame is here. Lets the library move messages. */
    boolean arrived() {
        check(MpiCalls.test(request(head), flagAddress, ignored));
        return Words.plainInt(flag, FLAG) != 0;
    }

    /** That frame. */
    MemorySegment memory() {
        return memory[head];
    }

    /** It has been read. */
    void next() {
        head = (head + 1) % SLOTS;
        used++;
    }

    boolean isHalfUsed() {
        return used >= SLOTS / 2;
    }

    /** Starts again what has been read. */
    void restart() {
        for (; used > 0; used--) {
            check(MpiCalls.start(request((head - used + SLOTS) % SLOTS)));
        }
    }

    void close() {
        for (int s = 0; s < SLOTS; s++) {
            boolean active = (s - head + SLOTS) % SLOTS < SLOTS - used;
            if (active) {
                check(MpiJob.call(library, "MPI_Cancel", request(s)));
                check(MpiJob.call(library, "MPI_Wait", request(s), ignored));
            }
            check(MpiJob.call(library, "MPI_Request_free", request(s)));
        }
    }
}
