package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.array.ArrayImage;
import org.pellang.runtime.array.PelArray;

/** This rank's part of an array: a copy of its bytes, or the array itself as long as nobody changes it. */
final class ArrayPart {
    private record Chunk(byte[] bytes, long at) {}

    private final PelArray array;
    private final String shape;
    private final byte[] header;
    private final long bytes;
    private List<Chunk> copied = List.of();
    private boolean isCopied;

    ArrayPart(PelArray array) {
        this.array = array;
        this.shape = ArrayImage.shape(array);
        this.header = ArrayImage.header(array);
        this.bytes = ArrayImage.bytes(array);
    }

    /** Whether each rank has a part of its own; else each should have the same whole. */
    boolean distributed() {
        return array.domain().isDistributed();
    }

    String shape() {
        return shape;
    }

    byte[] header() {
        return header;
    }

    /** Bytes of all elements of all ranks. */
    long bytes() {
        return bytes;
    }

    /** Bytes that {@link #copy} takes. */
    long ownBytes() {
        return array.owned().size() * array.type().bytes();
    }

    /** Keeps the present contents. */
    void copy() {
        copy((wanted, unit) -> new byte[wanted]);
    }

    /** As above, in memory from {@code buffers}. Returns whether that has been done, since they had not been kept before. */
    boolean copy(ArrayImage.Buffers buffers) {
        if (isCopied) {
            return false;
        }
        List<Chunk> chunks = new ArrayList<>();
        try {
            ArrayImage.write(array, buffers, (chunk, at) -> chunks.add(new Chunk(chunk, at)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        copied = chunks;
        isCopied = true;
        return true;
    }

    /** Nobody needs what was kept any more. */
    void release(CopyMemory memory) {
        copied.forEach(c -> memory.give(c.bytes));
        copied = List.of();
    }

    void each(ArrayImage.Sink sink) throws IOException {
        each((wanted, unit) -> new byte[wanted], sink);
    }

    /** @param buffers memory for what is not kept yet */
    void each(ArrayImage.Buffers buffers, ArrayImage.Sink sink) throws IOException {
        if (isCopied) {
            for (Chunk c : copied) {
                sink.write(c.bytes, c.at);
            }
        } else {
            ArrayImage.write(array, buffers, sink);
        }
    }

    /** A hash of the part's contents, to see whether ranks agree. */
    long hash() {
        Hash hash = new Hash();
        try {
            each((chunk, at) -> hash.add(chunk).add(at));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return hash.add(bytes).value();
    }
}
