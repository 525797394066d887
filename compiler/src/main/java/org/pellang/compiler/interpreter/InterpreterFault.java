package org.pellang.compiler.interpreter;

import org.pellang.compiler.source.Span;

/** Something that a checked program cannot do: a program that the checks should have refused, or an error of the compiler. */
public final class InterpreterFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** Two iterations of one divided loop touch the same element, at least one of them writing. */
        RACE,
        /** An iteration of a divided loop changes something that is not its own. */
        OUTER_CHANGE,
        /** Ranks meet in different collectives, or in one with different operands that must agree. */
        MISMATCH,
        /** A collective construct in the body of a divided loop. */
        COLLECTIVE_IN_LOOP,
        /** {@code print} of texts that differ between ranks. */
        VARYING_PRINT,
        /** The typed tree breaks its own rules. */
        TREE
    }

    private final transient Kind kind;

    InterpreterFault(Kind kind, Span at, String message) {
        super(kind + " at " + at + ": " + message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
