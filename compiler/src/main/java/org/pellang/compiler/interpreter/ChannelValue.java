package org.pellang.compiler.interpreter;

import java.util.Arrays;
import org.pellang.compiler.source.Span;

/**
 * A channel.
 *
 * @param declaration its number among all
 * @param name for messages
 * @param extents the declared shape of arrays; none for other values and open shapes
 */
record ChannelValue(int declaration, String name, long[] extents) {
    /** Traps if an array has another shape than declared. */
    void check(Object message, Span site) {
        if (extents.length > 0 && message instanceof ArrayValue a) {
            for (int d = 0; d < extents.length; d++) {
                if (a.domain.axes() != extents.length || a.domain.extent(d) != extents[d]) {
                    throw new Trap(site, "channel " + name + " carries arrays " + Arrays.toString(extents) + ", not " + a.domain);
                }
            }
        }
    }
}
