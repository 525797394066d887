package org.pellang.runtime.collective;

/** An associative operator on elements of arrays of one kind: those of {@code Op}, and those of the user. */
public interface Folding {
    /** {@code target[to + i] = left[lo + i] op right[ro + i]}; the left operand comes from the lower ranks. The target may be either of them. */
    void run(Object left, int lo, Object right, int ro, Object target, int to, int len);
}
