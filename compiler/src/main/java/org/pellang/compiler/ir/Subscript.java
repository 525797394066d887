package org.pellang.compiler.ir;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TExpr;

/**
 * One subscript of an element in a divided loop.
 *
 * @param expression as written (lets kept)
 * @param linear as a linear form with lets and constants put in, or null
 * @param interval which indices it may take on a rank, null: any of the axis
 * @param near axis of the loop whose index it follows at a fixed or bounded distance, -1: none
 */
public record Subscript(TExpr expression, @Nullable Linear linear, @Nullable Interval interval, int near) {

    /** Whether it is the loop's index plus a constant. */
    public boolean shifted() {
        return near >= 0 && linear != null && linear.factors().size() == 1;
    }

    /** Whether it is the loop's index itself. */
    public boolean own() {
        return shifted() && linear != null && linear.constant() == 0;
    }
}
