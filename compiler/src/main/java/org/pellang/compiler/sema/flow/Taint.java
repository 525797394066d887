package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Why a value may differ between the ranks. Uniform: no sources, no reason.
 *
 * @param sources parameters and top-level variables that it depends on (only inside a function: the caller decides)
 * @param reason what makes it rank-dependent for certain, or null
 * @param within a team whose ranks all have the same value although it is rank-dependent, or null
 */
record Taint(Set<Var> sources, @Nullable Reason reason, @Nullable Var within) {

    static final Taint NONE = new Taint(Set.of(), null, null);

    /** The place and the words of a message: "`rank()` differs from rank to rank". */
    record Reason(Span span, String text) {}

    static Taint varying(Span span, String text) {
        return varying(span, text, null);
    }

    /** The same on all ranks of a team, different from team to team. */
    static Taint varying(Span span, String text, @Nullable Var within) {
        return new Taint(Set.of(), new Reason(span, text), within);
    }

    static Taint of(Var source) {
        return new Taint(Set.of(source), null, null);
    }

    boolean isVarying() {
        return reason != null;
    }

    boolean isUniform() {
        return reason == null && sources.isEmpty();
    }

    /** What it is for the ranks of one team. */
    Taint seenFrom(@Nullable Var team) {
        return team == null || !team.equals(within) ? this : new Taint(sources, null, null);
    }

    Taint within(@Nullable Var team) {
        return reason == null ? this : new Taint(sources, reason, team);
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
        Taint first = reason != null ? this : other;
        boolean both = reason != null && other.reason != null;
        return new Taint(Set.copyOf(all), first.reason, both && !Objects.equals(within, other.within) ? null : first.within);
    }

    /** Grows with every join that adds something. */
    int weight() {
        return sources.size() + (reason == null ? 0 : within != null ? 1 : 2);
    }
}
