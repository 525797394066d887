package org.pellang.compiler.ir;

import org.pellang.compiler.source.Span;

/** A right program that this version cannot lower. The message names the construct. */
public final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Span span;

    NotYet(Span span, String message) {
        super(message);
        this.span = span;
    }

    /** Where the construct stands. */
    public Span span() {
        return span;
    }
}
