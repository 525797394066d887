package org.pellang.runtime.checkpoint;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.ArrayImage;

/**
 * Memory of copies that have been written, for the next ones, which are as long: the first touch of fresh memory costs several times what copying does. The JVM may have it
 * back whenever it wants. Used by the rank's thread.
 */
final class CopyMemory implements ArrayImage.Buffers {
    private static final class Free {
        private final Map<Integer, Deque<byte[]>> byLength = new HashMap<>();
        private long bytes;
    }

    private SoftReference<@Nullable Free> free = new SoftReference<>(null);

    @Override
    public byte[] take(int wanted, int unit) {
        Free all = free.get();
        Deque<byte[]> fitting = all == null ? null : all.byLength.get(wanted);
        byte[] known = fitting == null ? null : fitting.pollFirst();
        if (all == null || known == null) {
            return new byte[wanted];
        }
        all.bytes -= known.length;
        return known;
    }

    void give(byte[] bytes) {
        Free all = free.get();
        if (all == null) {
            all = new Free();
            free = new SoftReference<>(all);
        }
        all.byLength.computeIfAbsent(bytes.length, n -> new ArrayDeque<>()).add(bytes);
        all.bytes += bytes.length;
    }

    /** What is kept now. */
    long bytes() {
        Free all = free.get();
        return all == null ? 0 : all.bytes;
    }
}
