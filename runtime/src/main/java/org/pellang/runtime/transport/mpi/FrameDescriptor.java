package org.pellang.runtime.transport.mpi;

/** A frame: one message of MPI that carries a message of a rank, or a piece of it. Offsets in bytes; native order. */
final class FrameDescriptor {
    private FrameDescriptor() {}

    /** int: ordinal of the element kind with flags. */
    static final int KIND = 0;
    /** int: number of the communicator. */
    static final int CONTEXT = 4;
    /** int. */
    static final int TAG = 8;
    /** int: number of elements of the whole message. */
    static final int COUNT = 12;
    /** long: guard hash. */
    static final int GUARD = 16;
    /** long: credit that the sender of this frame has given back to its receiver so far, all together. */
    static final int CREDIT = 24;
    /** int: frames that the sender of this frame has taken in from its receiver so far (modulo 2^32). */
    static final int TAKEN = 32;
    /** int: rank of the sender. */
    static final int SOURCE = 36;
    /** int: number of elements in this frame. */
    static final int HERE = 40;
    /** Length of the header; elements follow. */
    static final int HEADER = 48;

    /** Longest frame. */
    static final int LENGTH = 64 << 10;

    /** In KIND: the ordinal. */
    static final int KIND_MASK = 0xff;
    /** In KIND: a message begins here. */
    static final int FIRST = 0x100;
    /** In KIND: no message; only {@link #CREDIT} and {@link #TAKEN} count. */
    static final int WORD = 0x200;
}
