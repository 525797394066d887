package org.pellang.compiler.sema.dependence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * One place of a loop body that touches an array declared outside the loop.
 *
 * @param span where in the loop's body: the access itself, or the call that leads to it
 * @param place the access itself
 * @param kind read, store or update
 * @param updateOp class of the update operator ({@code +} also for {@code -=}), or null
 * @param array the array's variable
 * @param path components behind the element ({@code .vel}), outermost first
 * @param subscripts one per axis; an empty list: any element
 * @param facts what holds where the access stands
 * @param promised the subscript stands in {@code unique(..)}
 */
record Access(
        Span span,
        Span place,
        Kind kind,
        @Nullable String updateOp,
        Var array,
        List<String> path,
        List<Index> subscripts,
        List<Constraint> facts,
        boolean promised) {

    enum Kind {
        READ,
        STORE,
        UPDATE
    }

    boolean writes() {
        return kind != Kind.READ;
    }

    /** Whether both may touch the same fields. */
    boolean sameFields(Access other) {
        int n = Math.min(path.size(), other.path.size());
        return path.subList(0, n).equals(other.path.subList(0, n));
    }

    /** As the program has it: {@code `x[k]` (by `put(a, i)`)}. */
    String text() {
        return span.equals(place) ? "`" + place.text() + "`" : "`" + place.text() + "` (by `" + span.text() + "`)";
    }
}
