package org.pellang.runtime.transport.shm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The Linux futex: sleeping on a word of shared memory, and waking who sleeps on it. */
final class Futex {
    private static final int WAIT = 0;
    private static final int WAKE = 1;
    private static final long NUMBER = number();
    private static final MethodHandle SYSCALL = link();

    private Futex() {}

    private static long number() {
        String machine = System.getProperty("os.arch");
        return switch (machine) {
            case "amd64", "x86_64" -> 202;
            case "aarch64", "riscv64" -> 98;
            default -> throw new UnsupportedOperationException("the processes engine does not know the futex call of " + machine);
        };
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new UnsupportedOperationException("the processes engine needs Linux; use --engine=threads");
        }
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(1));
    }

    /** Sleeps while the word holds that value; may return early. */
    static void await(MemorySegment word, int value) {
        call(word, WAIT, value);
    }

    /** As above, and not longer than so many nanoseconds (below a second). */
    static void await(MemorySegment word, int value, long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(2 * Long.BYTES, Long.BYTES);
            time.set(ValueLayout.JAVA_LONG, Long.BYTES, nanos);
            call(word, WAIT, value, time);
        }
    }

    /** Wakes all who sleep on the word. */
    static void wake(MemorySegment word) {
        call(word, WAKE, Integer.MAX_VALUE);
    }

    private static void call(MemorySegment word, int operation, int value) {
        call(word, operation, value, MemorySegment.NULL);
    }

    private static void call(MemorySegment word, int operation, int value, MemorySegment time) {
        try {
            // Returns -1 for "value differs" and for signals; either way callers look again.
            long ignored = (long) SYSCALL.invokeExact(NUMBER, word, operation, value, time, MemorySegment.NULL, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("futex call failed", e);
        }
    }
}
