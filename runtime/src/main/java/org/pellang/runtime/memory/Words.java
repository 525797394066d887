package org.pellang.runtime.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Atomic int and long words of a memory segment, by byte offset (aligned). */
public final class Words {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private Words() {}

    /** Plain read. */
    public static int plainInt(MemorySegment memory, long at) {
        return (int) INT.get(memory, at);
    }

    /** Plain write. */
    public static void plainInt(MemorySegment memory, long at, int value) {
        INT.set(memory, at, value);
    }

    /** Plain read. */
    public static long plainLong(MemorySegment memory, long at) {
        return (long) LONG.get(memory, at);
    }

    /** Plain write. */
    public static void plainLong(MemorySegment memory, long at, long value) {
        LONG.set(memory, at, value);
    }

    /** Acquiring read. */
    public static int acquireInt(MemorySegment memory, long at) {
        return (int) INT.getAcquire(memory, at);
    }

    /** Releasing write. */
    public static void releaseInt(MemorySegment memory, long at, int value) {
        INT.setRelease(memory, at, value);
    }

    /** Volatile read. */
    public static int volatileInt(MemorySegment memory, long at) {
        return (int) INT.getVolatile(memory, at);
    }

    /** Volatile write: later reads of this thread come after it. */
    public static void volatileInt(MemorySegment memory, long at, int value) {
        INT.setVolatile(memory, at, value);
    }

    /** Adds; returns the value before. */
    public static int addInt(MemorySegment memory, long at, int delta) {
        return (int) INT.getAndAdd(memory, at, delta);
    }

    /** Replaces {@code expected}; false if another value stands there. */
    public static boolean replaceInt(MemorySegment memory, long at, int expected, int value) {
        return INT.compareAndSet(memory, at, expected, value);
    }

    /** Volatile read. */
    public static long volatileLong(MemorySegment memory, long at) {
        return (long) LONG.getVolatile(memory, at);
    }

    /** Volatile write. */
    public static void volatileLong(MemorySegment memory, long at, long value) {
        LONG.setVolatile(memory, at, value);
    }

    /** Releasing write. */
    public static void releaseLong(MemorySegment memory, long at, long value) {
        LONG.setRelease(memory, at, value);
    }

    /** Replaces {@code expected}; false if another value stands there. */
    public static boolean replaceLong(MemorySegment memory, long at, long expected, long value) {
        return LONG.compareAndSet(memory, at, expected, value);
    }
}
