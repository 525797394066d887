package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;

/** An operator of the user on {@code double} (MPI_Op_create): associative, commutative or not. */
@FunctionalInterface
public interface DoubleOperator extends Folding {
    /** @param left from the lower ranks */
    double apply(double left, double right);

    @Override
    default void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        double[] a = (double[]) left;
        double[] b = (double[]) right;
        double[] c = (double[]) target;
        for (int i = 0; i < len; i++) {
            c[to + i] = apply(a[lo + i], b[ro + i]);
        }
    }
}
