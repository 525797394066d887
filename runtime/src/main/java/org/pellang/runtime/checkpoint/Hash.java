package org.pellang.runtime.checkpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 64-bit hash: one multiplication and one rotation per word (constants of splitmix64). */
final class Hash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0xbf58476d1ce4e5b9L;
    private static final long SECOND = 0x94d049bb133111ebL;

    private long state = 0x9e3779b97f4a7c15L;

    Hash add(long word) {
        state = Long.rotateLeft((state ^ word) * FACTOR, 29) + SECOND;
        return this;
    }

    Hash add(byte[] bytes) {
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            add((long) LONG.get(bytes, i));
        }
        long rest = bytes.length;
        for (; i < bytes.length; i++) {
            rest = rest << 8 ^ bytes[i];
        }
        return add(rest);
    }

    long value() {
        long z = (state ^ state >>> 30) * FACTOR;
        z = (z ^ z >>> 27) * SECOND;
        return z ^ z >>> 31;
    }
}
