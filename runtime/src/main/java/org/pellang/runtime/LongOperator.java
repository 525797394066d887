package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;

/** An operator of the user on {@code long} (MPI_Op_create): associative, commutative or not. */
@FunctionalInterface
public interface LongOperator extends Folding {
    /** @param left from the lower ranks */
    long apply(long left, long right);

    @Override
    default void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        long[] a = (long[]) left;
        long[] b = (long[]) right;
        long[] c = (long[]) target;
        for (int i = 0; i < len; i++) {
            c[to + i] = apply(a[lo + i], b[ro + i]);
        }
    }
}
