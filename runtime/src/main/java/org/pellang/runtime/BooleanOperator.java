package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;

/** An operator of the user on {@code boolean} (MPI_Op_create): associative, commutative or not. */
@FunctionalInterface
public interface BooleanOperator extends Folding {
    /** @param left from the lower ranks */
    boolean apply(boolean left, boolean right);

    @Override
    default void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        boolean[] a = (boolean[]) left;
        boolean[] b = (boolean[]) right;
        boolean[] c = (boolean[]) target;
        for (int i = 0; i < len; i++) {
            c[to + i] = apply(a[lo + i], b[ro + i]);
        }
    }
}
