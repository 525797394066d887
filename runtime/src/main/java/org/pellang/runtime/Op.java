package org.pellang.runtime;

import org.pellang.runtime.collective.Combine;
import org.pellang.runtime.collective.Folding;

/**
 * The predefined reduction operators (MPI_SUM, MPI_PROD, ...); those of the user are {@link DoubleOperator} and its kin.
 * All are associative and commutative on integers; {@code SUM} and {@code PROD} on
 * floating-point numbers combine in a fixed order that depends on the number of ranks only. {@code byte} counts as 0..255.
 */
public enum Op implements Folding {
    /** Sum (wraps on integers). */
    SUM,
    /** Product (wraps on integers). */
    PROD,
    /** Smaller value; on floats as {@link Math#min}. */
    MIN,
    /** Larger value; on floats as {@link Math#max}. */
    MAX,
    /** Logical and: booleans, or integers as zero / non-zero with result 0 or 1. */
    AND,
    /** Logical or: booleans, or integers as zero / non-zero with result 0 or 1. */
    OR,
    /** Bitwise and of integers; of booleans as {@link #AND}. */
    BAND,
    /** Bitwise or of integers; of booleans as {@link #OR}. */
    BOR,
    /** Bitwise exclusive or of integers or booleans. */
    BXOR;

    @Override
    public void run(Object left, int lo, Object right, int ro, Object target, int to, int len) {
        Combine.run(this, left, lo, right, ro, target, to, len);
    }
}
