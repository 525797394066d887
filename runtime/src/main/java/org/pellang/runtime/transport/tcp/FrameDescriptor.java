package org.pellang.runtime.transport.tcp;

/** A message on a connection: header, then its elements as they lie in memory. Offsets in bytes; native order, agreed at the handshake. */
final class FrameDescriptor {
    private FrameDescriptor() {}

    /** Length of the header. */
    static final int HEADER = 24;
    /** int: ordinal of the element kind, {@link #CREDIT} or {@link #BELL}. */
    static final int KIND = 0;
    /** int: number of the communicator. */
    static final int CONTEXT = 4;
    /** int. */
    static final int TAG = 8;
    /** int: number of elements. */
    static final int COUNT = 12;
    /** long: guard hash; of a credit: its amount. */
    static final int GUARD = 16;
    /** In KIND: no message and nothing else: wakes a rank that sleeps in its selector. */
    static final int BELL = 0x200;
    /** In KIND: no message; credit comes back. */
    static final int CREDIT = 0x100;
}
