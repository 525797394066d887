package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;

/** An operator of the user on {@code float} (MPI_Op_create): associative, commutative or not. */
@FunctionalInterface
public interface FloatOperator extends Folding {
    /** @param left from the lower ranks */
    float apply(float left, float right);

    @Override
    default void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        float[] a = (float[]) left;
        float[] b = (float[]) right;
        float[] c = (float[]) target;
        for (int i = 0; i < len; i++) {
            c[to + i] = apply(a[lo + i], b[ro + i]);
        }
    }
}
