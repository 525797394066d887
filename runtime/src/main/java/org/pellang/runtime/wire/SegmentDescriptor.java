package org.pellang.runtime.wire;

/**
 * Layout of a job's shared segment: board, rings (one per ordered pair), per rank the flags and blocks of its arena, then credits.
 * All zero is the initial state, so whoever comes first creates it by its length.
 *
 * @param ranks number of ranks
 * @param threads ranks of one JVM: long messages go by reference, so the arenas have short blocks only
 * @param turns threads that take turns on fewer cores: these have some long blocks, too
 */
public record SegmentDescriptor(int ranks, boolean threads, boolean turns) {
    private static final int[] BLOCK_BYTES = {512, 4 << 10, 32 << 10, 64 << 10};
    /** The longest make 2 MiB together: twice what a second-level cache holds, see {@link #rotates}. */
    private static final int[] BLOCK_COUNT = {128, 64, 64, 0};
    private static final int[] BLOCK_COUNT_CROWDED = {64, 32, 12, 0};
    private static final int[] BLOCK_COUNT_THREADS = {64, 16, 0, 0};
    private static final int[] BLOCK_COUNT_TURNS = {64, 32, 8, 4};
    private static final int CROWDED = 16;
    private static final long PAGE = 4096;

    /** For JVMs that share a file. */
    public static SegmentDescriptor ofProcesses(int ranks) {
        return new SegmentDescriptor(ranks, false, false);
    }

    /**
     * For threads of one JVM.
     *
     * @param turns whether they take turns on fewer cores: then long messages are copied into blocks too, so that no sender has to wait for its receiver's turn
     */
    public static SegmentDescriptor ofThreads(int ranks, boolean turns) {
        return new SegmentDescriptor(ranks, true, turns);
    }

    /** Cells of a ring; a power of two, fewer if there are many rings. Who only sends runs ahead of its receiver by so many short messages. */
    public int cells() {
        return ranks <= 8 ? 512 : ranks <= 64 ? 64 : ranks <= 256 ? 16 : 4;
    }

    private long ring() {
        return cells() * CellDescriptor.LENGTH;
    }

    /** Bytes of the longest block in an arena. */
    public int longestBlock() {
        int size = sizes() - 1;
        while (blockCount(size) == 0) {
            size--;
        }
        return blockBytes(size);
    }

    /** Number of block sizes. */
    public static int sizes() {
        return BLOCK_BYTES.length;
    }

    /** Bytes of a block of that size class. */
    public static int blockBytes(int size) {
        return BLOCK_BYTES[size];
    }

    /**
     * Whether the sender goes round the blocks of that size class instead of taking the lowest free one. What it then writes has left the receiver's own
     * caches for the shared one; writing what the receiver still holds takes three times as long.
     */
    public static boolean rotates(int size) {
        return BLOCK_BYTES[size] > 4 << 10;
    }

    /** Blocks of that size class in an arena. */
    public int blockCount(int size) {
        if (threads) {
            return (turns && ranks <= CROWDED ? BLOCK_COUNT_TURNS : BLOCK_COUNT_THREADS)[size];
        }
        return ranks > CROWDED ? BLOCK_COUNT_CROWDED[size] : BLOCK_COUNT[size];
    }

    /** The ring that {@code source} writes and {@code destination} reads. */
    public long ring(int source, int destination) {
        return rings() + ((long) destination * ranks + source) * ring();
    }

    /** Number of a cell, counted through all rings. */
    public int cellNumber(long cell) {
        return (int) ((cell - rings()) / CellDescriptor.LENGTH);
    }

    /** The flags of a rank's arena: one int per block, 1 while in use. */
    public long flags(int rank) {
        return rings() + (long) ranks * ranks * ring() + rank * arena();
    }

    /** The blocks of a rank's arena. */
    public long blocks(int rank) {
        return flags(rank) + PAGE;
    }

    /** Credit that {@code destination} has given back to {@code source} so far: long. A receiver's words lie together. */
    public long credit(int source, int destination) {
        return flags(ranks) + (long) destination * creditRow() + (long) source * Long.BYTES;
    }

    private long creditRow() {
        return ((long) ranks * Long.BYTES + CellDescriptor.LENGTH - 1) / CellDescriptor.LENGTH * CellDescriptor.LENGTH;
    }

    /** Bytes of the segment. */
    public long length() {
        return flags(ranks) + ranks * creditRow();
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
