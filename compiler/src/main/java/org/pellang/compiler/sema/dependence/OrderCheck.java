package org.pellang.compiler.sema.dependence;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.typed.Var;

/**
 * The rule of {@code wavefront}: iterations may depend on each other, but only at constant distances, so that they can run in tiles as if in index order.
 * Updates that meet anywhere are allowed as in a {@code forall}: with one commutative operator, the array not being read.
 */
final class OrderCheck {
    private final LoopContext context;
    private final Findings findings;
    private final DependenceTest test;
    private final String names;

    /** @param names of the loop's indices, for messages */
    OrderCheck(LoopContext context, Findings findings, DependenceTest test, String names) {
        this.context = context;
        this.findings = findings;
        this.test = test;
        this.names = names;
    }

    /** Looks at all accesses of one array. */
    void array(Var array, List<Access> accesses, Shape shape) {
        List<Access> writes = accesses.stream().filter(Access::writes).toList();
        for (int a = 0; a < writes.size(); a++) {
            Access write = writes.get(a);
            for (Access other : writes.subList(a, writes.size())) {
                if (depends(write, other, shape) && !updates(write, other)) {
                    findings.report(notConstant(array, write, other, shape));
                    return;
                }
            }
        }
        for (Access read : accesses) {
            for (Access write : writes) {
                if (!read.writes() && depends(write, read, shape)) {
                    findings.report(notConstant(array, write, read, shape));
                    return;
                }
            }
        }
    }

    /** Whether both may touch one element in different iterations whose distance is not constant. */
    private boolean depends(Access write, Access other, Shape shape) {
        boolean promised = write.promised() && other.promised();
        if (!write.sameFields(other) || promised || !test.mayConflict(write, other, shape)) {
            return false;
        }
        List<Long> distance = test.distance(write, other);
        return distance == null || !test.onlyAt(write, other, shape, distance);
    }

    /** Whether both are updates with one commutative operator. */
    private static boolean updates(Access write, Access other) {
        return write.kind() == Access.Kind.UPDATE && other.kind() == Access.Kind.UPDATE && write.updateOp() != null
                && write.updateOp().equals(other.updateOp());
    }

    private Diagnostic notConstant(Var array, Access write, Access other, Shape shape) {
        boolean same = write.span().equals(other.span());
        boolean stores = other.writes();
        List<Long> distance = test.distance(write, other);
        String why = same
                ? "several iterations may write this element"
                : distance == null || !shape.wraps()
                        ? "the distance between the iterations is not constant"
                        : "distance (" + distance.stream().map(String::valueOf).collect(Collectors.joining(", ")) + "), except where the subscript wraps around";
        Diagnostic d = Diagnostic.error("PEL0308", write.span(), "this `wavefront` writes `" + write.text() + "`"
                        + (same ? " in several iterations" : " and " + (stores ? "writes" : "reads") + " `" + other.text() + "`")
                        + ", at no constant distance")
                .under(why);
        if (!same) {
            d = d.label(other.span(), (stores ? "written" : "read") + " in another iteration of (" + names + ")");
        }
        return d.label(context.head(), "the tiles of this loop are ordered by constant distances")
                .note("subscripts that are the loop's indices plus constants, such as `" + array.name() + "[i-1, j]`, have constant distances")
                .note("for other orders use a sequential `for`, or a `forall` inside a `for` over the index that carries the dependence");
    }
}
