package org.pellang.compiler.interpreter;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** A run-time error of the program: it ends the job with exit code 1. */
final class Trap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Span span;

    Trap(@Nullable Span span, String message) {
        super(message, null, false, false);
        this.span = span;
    }

    @Nullable Span span() {
        return span;
    }

    /** The same with a place, if it has none yet. */
    Trap at(Span place) {
        return span == null ? new Trap(place, String.valueOf(getMessage())) : this;
    }
}
