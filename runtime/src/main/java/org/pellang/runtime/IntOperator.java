package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;

/** An operator of the user on {@code int} (MPI_Op_create): associative, commutative or not. */
@FunctionalInterface
public interface IntOperator extends Folding {
    /** @param left from the lower ranks */
    int apply(int left, int right);

    @Override
    default void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        int[] a = (int[]) left;
        int[] b = (int[]) right;
        int[] c = (int[]) target;
        for (int i = 0; i < len; i++) {
            c[to + i] = apply(a[lo + i], b[ro + i]);
        }
    }
}
