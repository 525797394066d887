package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.ArrayImage;
import org.pellang.runtime.array.PelArray;

/** Reads the files of a checkpoint and compares them with their sums. */
final class Reader implements Source {
    private final Path folder;
    private final Manifest manifest;

    Reader(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** What is wrong with the blocks that fall to this rank (every {@code ranks}-th), or null. */
    @Nullable String damage(int rank, int ranks) {
        int next = 0;
        for (Manifest.Stored stored : manifest.arrays().values()) {
            int[] sums = manifest.sums().getOrDefault(stored.file(), new int[0]);
            long length = stored.dataAt() + stored.bytes();
            try (FileChannel in = FileChannel.open(folder.resolve(stored.file()), StandardOpenOption.READ)) {
                if (in.size() != length) {
                    return stored.file() + " has " + in.size() + " bytes, not " + length;
                }
                for (int k = 0; k < BlockSums.blocks(length); k++, next++) {
                    if (next % ranks == rank && (k >= sums.length || sum(in, length, k) != sums[k])) {
                        return "the checksum of block " + k + " of " + stored.file() + " is wrong";
                    }
                }
            } catch (NoSuchFileException e) {
                return stored.file() + " is missing";
            } catch (IOException e) {
                return stored.file() + " cannot be read: " + PartWriter.reason(e);
            }
        }
        return null;
    }

    private static int sum(FileChannel in, long length, int k) throws IOException {
        byte[] block = new byte[BlockSums.bytesOf(length, k)];
        fill(in, block, (long) k * BlockSums.blockSize(length));
        return Crc32c.of(block, 0, block.length);
    }

    private static void fill(FileChannel in, byte[] bytes, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (in.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file is cut short");
            }
        }
    }

    @Override
    public void read(Manifest.Stored stored, PelArray array) throws IOException {
        try (FileChannel in = FileChannel.open(folder.resolve(stored.file()), StandardOpenOption.READ)) {
            ArrayImage.read(array, (bytes, at) -> fill(in, bytes, stored.dataAt() + at));
        }
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }
}
