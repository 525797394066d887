package org.pellang.runtime.wire;

/**
 * One 64-byte cell of a ring: header, then up to 32 bytes of payload or the place of a block in the sender's arena.
 * A message longer than a block takes several cells in a row. Offsets in bytes.
 */
public final class CellDescriptor {
    private CellDescriptor() {}

    /** Length of a cell: one cache line. */
    public static final long LENGTH = 64;
    /** int: 2 * lap when free, 2 * lap + 1 when full. */
    public static final long SEQUENCE = 0;
    /** int. */
    public static final long TAG = 4;
    /** int: number of the communicator. */
    public static final long CONTEXT = 8;
    /** int: ordinal of the element kind, and the flags below. */
    public static final long KIND = 12;
    /** int: elements of the whole message. */
    public static final long COUNT = 16;
    /** int: elements in this cell or its block. */
    public static final long HERE = 20;
    /** long: guard hash; 0 for point-to-point. */
    public static final long GUARD = 24;
    /** Payload, or long: absolute offset of the block. */
    public static final long PAYLOAD = 32;
    /** long: absolute offset of the flag of the block. */
    public static final long BLOCK_FLAG = 40;
    /** Longest payload within the cell. */
    public static final int INLINE = 32;

    /** In KIND: the element kind. */
    public static final int KIND_MASK = 0xff;
    /** In KIND: first cell of a message. */
    public static final int FIRST = 0x100;
    /** In KIND: the payload is in a block. */
    public static final int BLOCK = 0x200;
    /** KIND of a cell that stands for a parcel handed over by reference. */
    public static final int REFERENCE = 0x400;
}
