package org.pellang.compiler.ir;

import java.util.List;
import org.pellang.compiler.sema.typed.Var;

/**
 * A loop that runs before another one and lists which elements that one reads: the inspector of inspector and executor (Saltz, Crowley, Mirchandaney,
 * Berryman, "Run-time scheduling and execution of loops on message passing machines", J. Parallel Distrib. Comput. 8(4), 1990). It is lowered like any
 * other; its body has {@code INSPECT} where the other reads.
 *
 * @param loop number of the loop that it serves
 * @param views numbers of that loop's views whose elements it lists
 * @param arrays what the lists depend on
 * @param lasting whether all of that shows when it changes, so that the lists of the last time may be used again
 */
public record Inspection(int loop, List<Integer> views, List<Var> arrays, boolean lasting) {
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

}
