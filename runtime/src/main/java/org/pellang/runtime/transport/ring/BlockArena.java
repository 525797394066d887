package org.pellang.runtime.transport.ring;

import java.lang.foreign.MemorySegment;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.wire.SegmentDescriptor;

/**
 * The sender's own part of the segment: blocks of a few sizes, each with a flag that the sender sets and the receiver clears.
 * The lowest free block is taken, so that a rank that sends little keeps using the same, cached memory.
 */
final class BlockArena {
    /** No block is free. */
    static final int NONE = -1;

    private final MemorySegment memory;
    private final SegmentDescriptor layout;
    private final long flags;
    private final int[] firstFlag = new int[SegmentDescriptor.sizes()];
    private final long[] firstBlock = new long[SegmentDescriptor.sizes()];

    BlockArena(MemorySegment memory, SegmentDescriptor layout, int rank) {
        this.memory = memory;
        this.layout = layout;
        this.flags = layout.flags(rank);
        int flag = 0;
        long block = layout.blocks(rank);
        for (int size = 0; size < SegmentDescriptor.sizes(); size++) {
            firstFlag[size] = flag;
            firstBlock[size] = block;
            flag += layout.blockCount(size);
            block += (long) layout.blockCount(size) * SegmentDescriptor.blockBytes(size);
        }
    }

    /** A free block of at least so many bytes (at most the longest), marked as used; or {@link #NONE}. */
    int allocate(long bytes) {
        for (int size = 0; size < SegmentDescriptor.sizes(); size++) {
            if (SegmentDescriptor.blockBytes(size) >= bytes) {
                for (int k = 0; k < layout.blockCount(size); k++) {
                    int block = firstFlag[size] + k;
                    if (Words.acquireInt(memory, flagAt(block)) == 0) {
                        Words.plainInt(memory, flagAt(block), 1);
                        return block;
                    }
                }
            }
        }
        return NONE;
    }

    /** Where the block's memory is in the segment. */
    long address(int block) {
        int size = SegmentDescriptor.sizes() - 1;
        while (firstFlag[size] > block) {
            size--;
        }
        return firstBlock[size] + (long) (block - firstFlag[size]) * SegmentDescriptor.blockBytes(size);
    }

    /** Where the block's flag is in the segment; the receiver writes 0 when it has copied. */
    long flagAt(int block) {
        return flags + (long) block * Integer.BYTES;
    }
}
