package org.pellang.runtime.checkpoint;

/** What one rank adds to the sums of a file's blocks. */
final class BlockSums {
    private static final long MOST_BLOCKS = 4096;
    private static final int LEAST_BLOCK = 1 << 16;

    private final long length;
    private final int block;
    private final int[] sums;

    BlockSums(long length) {
        this.length = length;
        this.block = blockSize(length);
        this.sums = new int[blocks(length)];
    }

    /** Bytes of a block, by the length of the file alone. */
    static int blockSize(long length) {
        long size = LEAST_BLOCK;
        while (size * MOST_BLOCKS < length && size < 1 << 30) {
            size *= 2;
        }
        return (int) size;
    }

    static int blocks(long length) {
        int block = blockSize(length);
        return Math.toIntExact((length + block - 1) / block);
    }

    /** Bytes of block {@code k}. */
    static int bytesOf(long length, int k) {
        int block = blockSize(length);
        return (int) Math.min(block, length - (long) k * block);
    }

    /** Bytes that this rank writes at a place. */
    void add(byte[] bytes, long at) {
        add(bytes, 0, bytes.length, at);
    }

    /** {@code count} of them, from {@code first}, which lies at {@code at}. */
    void add(byte[] bytes, int first, int count, long at) {
        int from = first;
        while (from < first + count) {
            long place = at + from - first;
            int k = (int) (place / block);
            long end = (long) k * block + bytesOf(length, k);
            int n = (int) Math.min(first + count - from, end - place);
            sums[k] ^= Crc32c.piece(bytes, from, n, end - place - n);
            from += n;
        }
    }

    int[] contributions() {
        return sums;
    }

    /** The sum of block {@code k}, from the contributions of all ranks together. */
    static int finish(long length, int k, int contributions) {
        return contributions ^ Crc32c.zeros(bytesOf(length, k));
    }
}
