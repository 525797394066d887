package org.pellang.runtime;

/**
 * The predefined reduction operators. All are associative and commutative on integers; {@code SUM} and {@code PROD} on
 * floating-point numbers combine in a fixed order that depends on the number of ranks only. {@code byte} counts as 0..255.
 */
public enum Op {
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
    BXOR
}
