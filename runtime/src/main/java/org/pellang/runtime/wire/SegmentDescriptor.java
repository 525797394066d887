package org.pellang.runtime.wire;

/**
 * Layout of a job's shared segment: board, rings (one per ordered pair), then per rank the flags and blocks of its arena.
 * All zero is the initial state, so whoever comes first creates it by its length.
 */
public record SegmentDescriptor(int ranks) {
    /** Cells of a ring; a power of two. */
    public static final int CELLS = 64;
    /** Bytes of a ring. */
    public static final long RING = CELLS * CellDescriptor.LENGTH;
    private static final int[] BLOCK_BYTES = {512, 8 << 10, 64 << 10, 256 << 10};
    private static final int[] BLOCK_COUNT = {128, 32, 16, 8};
    private static final int[] BLOCK_COUNT_CROWDED = {64, 16, 4, 2};
    private static final int CROWDED = 16;
    private static final long PAGE = 4096;

    /** Number of block sizes. */
    public static int sizes() {
        return BLOCK_BYTES.length;
    }

    /** Bytes of a block of that size class. */
    public static int blockBytes(int size) {
        return BLOCK_BYTES[size];
    }

    /** Blocks of that size class in an arena. */
    public int blockCount(int size) {
        return ranks > CROWDED ? BLOCK_COUNT_CROWDED[size] : BLOCK_COUNT[size];
    }

    /** The ring that {@code source} writes and {@code destination} reads. */
    public long ring(int source, int destination) {
        return rings() + ((long) destination * ranks + source) * RING;
    }

    /** The flags of a rank's arena: one int per block, 1 while in use. */
    public long flags(int rank) {
        return rings() + (long) ranks * ranks * RING + rank * arena();
    }

    /** The blocks of a rank's arena. */
    public long blocks(int rank) {
        return flags(rank) + PAGE;
    }

    /** Bytes of the segment. */
    public long length() {
        return flags(ranks);
    }

    private long rings() {
        return (BoardDescriptor.length(ranks) + PAGE - 1) / PAGE * PAGE;
    }

    private long arena() {
        long bytes = PAGE;
        for (int size = 0; size < BLOCK_BYTES.length; size++) {
            bytes += (long) blockBytes(size) * blockCount(size);
        }
        return bytes;
    }
}
