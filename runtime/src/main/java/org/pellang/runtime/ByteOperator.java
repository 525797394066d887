package org.pellang.runtime;

import org.pellang.runtime.collective.Folding;

/** An operator of the user on {@code byte} (MPI_Op_create): associative, commutative or not. */
@FunctionalInterface
public interface ByteOperator extends Folding {
    /** @param left from the lower ranks */
    byte apply(byte left, byte right);

    @Override
    default void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        byte[] a = (byte[]) left;
        byte[] b = (byte[]) right;
        byte[] c = (byte[]) target;
        for (int i = 0; i < len; i++) {
            c[to + i] = apply(a[lo + i], b[ro + i]);
        }
    }
}
