package org.pellang.compiler.syntax;

import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;

/** The message about programs that are nested too deeply. */
final class TooDeep {
    /** Open brackets at one place. */
    static final int MAX_BRACKETS = 500;

    private TooDeep() {}

    static Diagnostic at(Span span) {
        return Diagnostic.error("PEL0008", span, "this is nested too deeply")
                .note("brackets may be nested " + MAX_BRACKETS + " deep, expressions and blocks " + TreeReader.MAX_DEPTH)
                .note("name inner parts with `let`, or move them into a function");
    }
}
