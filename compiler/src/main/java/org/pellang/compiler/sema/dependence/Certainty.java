package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Loops around a place that is reached in each of their iterations, so that the first and the last one can be looked at.
 *
 * @param loops outermost first; empty: the place may be skipped
 */
record Certainty(List<Loop> loops) {
    static final Certainty NONE = new Certainty(List.of());

    /** An index, the unknown that it is, and what it runs over. */
    record Loop(Var index, Linear value, Bounds.Axis axis, Span head) {}

    Certainty with(Var index, Linear value, Bounds.Axis axis, Span head) {
        List<Loop> all = new ArrayList<>(loops);
        all.add(new Loop(index, value, axis, head));
        return new Certainty(List.copyOf(all));
    }
}
