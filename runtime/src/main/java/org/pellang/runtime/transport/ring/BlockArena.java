package org.pellang.runtime.transport.ring;

import java.lang.foreign.MemorySegment;
import org.pellang.runtime.memory.Words;
import org.pellang.runtime.wire.SegmentDescriptor;

/**
 * The sender's own part of the segment: blocks of a few sizes, each with a flag that the sender sets and the receiver clears.
 * Of the short ones the lowest free block is taken, so that a rank that sends little keeps using the same, cached memory; the sender goes round the
 * long ones ({@link SegmentDescriptor#rotates}).
 */
final class BlockArena {
    /** No block is free. */
    static final int NONE = -1;

    private final MemorySegment memory;
    private final SegmentDescriptor layout;
    private final long flags;
    private final int[] firstFlag = new int[SegmentDescriptor.sizes()];
    private final long[] firstBlock = new long[SegmentDescriptor.sizes()];
    /** Where the search begins. */
    private final int[] next = new int[SegmentDescriptor.sizes()];

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
                int block = free(size);
                if (block != NONE) {
                    Words.plainInt(memory, flagAt(block), 1);
                    return block;
                }
            }
        }
        return NONE;
    }

    private int free(int size) {
        int count = layout.blockCount(size);
        for (int i = 0, k = next[size]; i < count; i++, k = k + 1 == count ? 0 : k + 1) {
            if (Words.acquireInt(memory, flagAt(firstFlag[size] + k)) == 0) {
                if (SegmentDescriptor.rotates(size)) {
                    next[size] = k + 1 == count ? 0 : k + 1;
                }
                return firstFlag[size] + k;
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
