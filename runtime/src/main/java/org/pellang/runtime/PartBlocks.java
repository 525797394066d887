package org.pellang.runtime;

import org.jspecify.annotations.Nullable;

/** A part as blocks, one for each rank, one after the other. Elements {@code from} to {@code from + n} of each block travel in one turn, as far as it has them. */
record PartBlocks(Part part, long[] counts) {
    /** Blocks of those lengths. @throws CommException if the part does not have as many elements */
    static PartBlocks of(Part part, long[] counts) {
        long total = 0;
        for (long count : counts) {
            total = Math.addExact(total, count);
        }
        if (part.count() < total) {
            throw new CommException("a part of " + part.count() + " elements for blocks of " + total + " altogether");
        }
        return new PartBlocks(part, counts);
    }

    /** Equal blocks. @throws CommException if the part is not as many blocks of that many elements */
    static PartBlocks equal(String name, @Nullable Part part, int blocks, long count) {
        if (part == null || part.count() != count * blocks) {
            throw new CommException(name + ": a part of " + (part == null ? 0 : part.count()) + " elements is not " + blocks + " blocks of " + count);
        }
        return new PartBlocks(part, Blocks.equal(blocks, count));
    }

    /** @throws CommException if this rank's part does not have the elements of its block */
    PartBlocks checked(String name, int rank, Part mine) {
        if (mine.count() != counts[rank]) {
            throw new CommException(name + ": rank " + rank + " has a part of " + mine.count() + " elements, but counts say " + counts[rank]);
        }
        return this;
    }

    /** Elements of the longest block. */
    long longest() {
        long longest = 0;
        for (long count : counts) {
            longest = Math.max(longest, count);
        }
        return longest;
    }

    /** Elements of each block in that turn. */
    int[] lengths(long from, int n) {
        int[] lengths = new int[counts.length];
        for (int r = 0; r < lengths.length; r++) {
            lengths[r] = Math.clamp(counts[r] - from, 0, n);
        }
        return lengths;
    }

    /** The elements of that turn, block after block. */
    Object pack(long from, int n) {
        int[] lengths = lengths(from, n);
        int total = 0;
        for (int length : lengths) {
            total += length;
        }
        Object packed = part.kind().allocate(total);
        long block = 0;
        int at = 0;
        for (int r = 0; r < lengths.length; r++) {
            part.pack(block + from, lengths[r], packed, at);
            at += lengths[r];
            block += counts[r];
        }
        return packed;
    }

    /** The other way round. */
    void unpack(long from, int n, Object packed) {
        int[] lengths = lengths(from, n);
        long block = 0;
        int at = 0;
        for (int r = 0; r < lengths.length; r++) {
            part.unpack(block + from, lengths[r], packed, at);
            at += lengths[r];
            block += counts[r];
        }
    }
}
