package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/** PEL0601: subscripts that leave their array whenever they are reached, or in the first or last iteration of a loop that reaches them. */
final class OutsideReport {
    private final Diagnostics diagnostics;

    OutsideReport(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Reports the subscript if it is provably outside; {@code axis} -1: the array has one. */
    boolean report(Var array, int axis, TExpr subscript, Linear index, Bounds.Axis bounds, Scope scope, Certainty certainty) {
        if (index.isConstant() && bounds.low().isConstant() && bounds.high().isConstant()) {
            return false; // the checker has said so
        }
        String of = axis < 0 ? "" : " of axis " + axis;
        if (isOutside(index, bounds, scope)) {
            diagnostics.add(begin(array, subscript, "index `" + subscript.span().text() + "` is outside of `" + array.name() + "`" + of, bounds));
            return true;
        }
        for (Certainty.Loop loop : certainty.loops()) {
            long c = index.coefficient(loop.value().terms().keySet().iterator().next());
            for (Linear end : c == 0 ? List.<Linear>of() : List.of(loop.axis().low(), loop.axis().high())) {
                if (loop.axis().dense() && leaves(index, bounds, loop, end, scope)) {
                    Linear at = index.add(loop.value(), -c).add(end, c);
                    diagnostics.add(begin(array, subscript, "index `" + subscript.span().text() + "` leaves `" + array.name() + "`" + of + ": it reaches "
                                    + text(at), bounds)
                            .label(loop.head(), "`" + loop.index().name() + "` runs from " + text(loop.axis().low()) + " to " + text(loop.axis().high())));
                    return true;
                }
            }
        }
        return false;
    }

    private static Diagnostic begin(Var array, TExpr subscript, String message, Bounds.Axis bounds) {
        return Diagnostic.error("PEL0601", subscript.span(), message)
                .under("`" + array.name() + "` has the indices " + text(bounds.low()) + ".." + text(bounds.high()));
    }

    /** With the loop's index at one end the subscript is outside, whenever the loop has an iteration at all. */
    private static boolean leaves(Linear index, Bounds.Axis bounds, Certainty.Loop loop, Linear end, Scope scope) {
        Scope atEnd = scope.child();
        atEnd.fact(Constraint.zero(loop.value().minus(end)));
        return isOutside(index, bounds, atEnd);
    }

    private static boolean isOutside(Linear index, Bounds.Axis bounds, Scope scope) {
        List<Constraint> near = scope.relevant(index.minus(bounds.low()).plus(bounds.high()));
        List<Constraint> inside = new ArrayList<>(near);
        inside.add(Constraint.ordered(bounds.low(), index));
        inside.add(Constraint.ordered(index, bounds.high()));
        // Where nothing can hold (a condition that is never true, an empty loop) nothing is wrong.
        return scope.alternatives().infeasible(inside) && bounds.dense() && possible(near, index, bounds, scope);
    }

    /** Whether the place can be reached, as far as can be told, with an array that has elements. */
    private static boolean possible(List<Constraint> facts, Linear index, Bounds.Axis bounds, Scope scope) {
        List<Constraint> system = new ArrayList<>(facts);
        system.add(Constraint.ordered(bounds.low(), bounds.high()));
        return !scope.alternatives().infeasible(system) && !index.terms().isEmpty() | bounds.low().isConstant();
    }

    /** Why a subscript is checked at run time. */
    static String unknown(TExpr subscript, Bounds.Axis axis, boolean notBelow) {
        return "`" + subscript.span().text() + "` is not known to be " + (notBelow ? "at most " + text(axis.high()) : "at least " + text(axis.low()));
    }

    /** A bound as the program would write it. */
    private static String text(Linear value) {
        return value.toString().replaceAll("(#|\\$)\\d+", "");
    }
}
