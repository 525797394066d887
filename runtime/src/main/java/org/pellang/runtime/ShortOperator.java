package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;

/** An operator of the user on {@code short} (MPI_Op_create): associative, commutative or not. */
@FunctionalInterface
public interface ShortOperator extends Folding {
    /** @param left from the lower ranks */
    short apply(short left, short right);

    @Override
    default void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        short[] a = (short[]) left;
        short[] b = (short[]) right;
        short[] c = (short[]) target;
        for (int i = 0; i < len; i++) {
            c[to + i] = apply(a[lo + i], b[ro + i]);
        }
    }
}
