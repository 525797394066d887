package org.pellang.compiler.sema.typed;

/** Operator of a reduction. */
public sealed interface ReduceOp {

    /** Operators of the language. */
    enum Builtin implements ReduceOp {
        SUM, PROD, MIN, MAX, ANY, ALL, COUNT, MEAN, ARGMIN, ARGMAX, BIT_AND, BIT_OR, BIT_XOR
    }

    /**
     * A user's {@code op}.
     *
     * @param function index of its specialised function (two parameters)
     * @param identity its identity
     */
    record User(int function, TExpr identity) implements ReduceOp {}
}
