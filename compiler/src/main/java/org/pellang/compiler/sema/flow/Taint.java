package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Why a value may differ between the ranks. Uniform: no sources, no reason.
 *
 * @param sources parameters and top-level variables that it depends on (only inside a function: the caller decides)
 * @param reason what makes it rank-dependent for certain, or null
 */
record Taint(Set<Var> sources, @Nullable Reason reason) {

    static final Taint NONE = new Taint(Set.of(), null);

    /** The place and the words of a message: "`rank()` differs from rank to rank". */
    record Reason(Span span, String text) {}

    static Taint varying(Span span, String text) {
        return new Taint(Set.of(), new Reason(span, text));
    }

    static Taint of(Var source) {
        return new Taint(Set.of(source), null);
    }

    boolean isVarying() {
        return reason != null;
    }

    boolean isUniform() {
        return reason == null && sources.isEmpty();
    }

    Taint join(Taint other) {
        if (other.isUniform() || equals(other)) {
            return this;
        }
        if (isUniform()) {
            return other;
        }
        Set<Var> all = new HashSet<>(sources);
        all.addAll(other.sources);
        return new Taint(Set.copyOf(all), reason != null ? reason : other.reason);
    }
}
