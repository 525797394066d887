package org.pellang.runtime.collective;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.memory.Kind;

/**
 * Arrays in which the blocking collectives of a communicator work, kept from call to call: their memory is in the caches already and need not be
 * cleared. One collective at a time uses them. Very long ones are not kept.
 */
final class Scratch {
    private static final long MOST_BYTES = 4L << 20;

    private final List<@Nullable Object> arrays = new ArrayList<>();

    /**
     * An array of a kind with at least so many elements, and any contents.
     *
     * @param slot tells arrays of one call apart, from 0 on
     */
    Object array(int slot, Kind kind, int length) {
        if ((long) length * kind.bytes() > MOST_BYTES) {
            return kind.allocate(length);
        }
        while (arrays.size() <= slot) {
            arrays.add(null);
        }
        Object known = arrays.get(slot);
        if (known == null || Kind.of(known) != kind || kind.length(known) < length) {
            known = kind.allocate(length);
            arrays.set(slot, known);
        }
        return known;
    }
}
