package org.pellang.runtime.bootstrap;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/**
 * Binds the thread of a rank to a core (Linux). Asked for by {@code PEL_BIND=core}: then rank r runs on the r-th of the cores that
 * this process may use, round and round. Not the default: on a machine with other jobs a bound rank waits for its core.
 */
final class Affinity {
    private static final int MASK_BYTES = 128;

    private Affinity() {}

    /** Binds the calling thread if that is wished and possible. Returns the core, -1 if it is not bound. */
    static int bind(int rank) {
        if (!"core".equals(System.getenv("PEL_BIND")) || !System.getProperty("os.name").equals("Linux")) {
            return -1;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            if ((int) link("sched_getaffinity").invokeExact(0, (long) MASK_BYTES, mask) < 0) {
                return -1;
            }
            BitSet allowed = BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE));
            int core = allowed.stream().skip(rank % Math.max(1, allowed.cardinality())).findFirst().orElse(0);
            mask.fill((byte) 0);
            mask.set(ValueLayout.JAVA_BYTE, core / 8, (byte) (1 << core % 8));
            // A refusal leaves the thread where it is: binding is a wish.
            return (int) link("sched_setaffinity").invokeExact(0, (long) MASK_BYTES, mask) == 0 ? core : -1;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot bind rank " + rank + " to a core", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    }
}
