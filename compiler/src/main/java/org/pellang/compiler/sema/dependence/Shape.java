package org.pellang.compiler.sema.dependence;

import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.dependence.LinearSystem.Constraint;

/**
 * What is known of an array's indices.
 *
 * @param axes empty: nothing
 * @param wraps whether subscripts outside go round
 */
record Shape(List<Bounds.Axis> axes, boolean wraps) {

    /** That the subscripts are inside, without which the job ends before anything is touched. */
    List<Constraint> inside(List<Index> subscripts) {
        List<Constraint> facts = new ArrayList<>();
        for (int d = 0; d < Math.min(wraps ? 0 : axes.size(), subscripts.size()); d++) {
            Bounds.Axis axis = axes.get(d);
            if (axis.low().isUniform() && axis.high().isUniform()) {
                facts.add(Constraint.ordered(axis.low(), subscripts.get(d).value()));
                facts.add(Constraint.ordered(subscripts.get(d).value(), axis.high()));
            }
        }
        return facts;
    }
}
