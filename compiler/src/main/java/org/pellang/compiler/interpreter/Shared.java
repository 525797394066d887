package org.pellang.compiler.interpreter;

import java.util.Arrays;
import java.util.function.Supplier;
import org.pellang.compiler.source.Span;

/** Whole distributed arrays in uniform code: all ranks meet, the one object changes once. */
final class Shared {
    private Shared() {}

    /** Everybody gets the one result of {@code action}. */
    static Object once(Machine machine, Span site, String kind, Supplier<Object> action) {
        return machine.job.meet(machine, site, kind, Boolean.TRUE, operands -> {
            Object[] results = new Object[operands.length];
            Arrays.fill(results, action.get());
            return results;
        });
    }

    static Object copy(Machine machine, ArrayValue array, Span site) {
        return once(machine, site, "copy", array::copy);
    }

    /** What an element holds and all ranks are about to change in the same way: one of them gets it, the others a copy. */
    static Object own(Machine machine, Object value, Span site) {
        return machine.job.meet(machine, site, "element", Boolean.TRUE, operands -> {
            Object[] results = new Object[operands.length];
            Arrays.setAll(results, r -> r == 0 ? value : Values.copy(value));
            return results;
        });
    }

    /** Every rank gets its own copy. */
    static Object replicate(Machine machine, ArrayValue array, Span site) {
        return machine.job.meet(machine, site, "replicate", Boolean.TRUE, operands -> {
            Object[] results = new Object[operands.length];
            for (int r = 0; r < results.length; r++) {
                ArrayValue copy = array.copy();
                copy.domain = new IndexSet(
                        new IndexSet.Root(array.domain.root().lo(), array.domain.root().hi(), new long[0], array.domain.root().periodic()),
                        array.domain.lo(), array.domain.hi(), array.domain.step());
                results[r] = copy;
            }
            return results;
        });
    }
}
