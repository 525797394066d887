package org.pellang.compiler.sema.flow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * What a function means for uniformity.
 *
 * @param result taint of its result, in terms of parameters and top-level variables
 * @param effects taints of top-level variables and {@code mut} parameters after the call
 * @param collective a collective inside, or null: where it stands and what it is
 * @param requirements what must be uniform at the call
 */
record FunctionSummary(Taint result, Map<Var, Taint> effects, @Nullable Site collective, Set<Requirement> requirements) {

    static final FunctionSummary EMPTY = new FunctionSummary(Taint.NONE, Map.of(), null, Set.of());

    record Site(Span span, String what) {}

    /** The sources must be uniform, else error {@code code} with {@code message}. */
    record Requirement(String code, String message, Span span, Set<Var> sources) {}

    static Set<Requirement> requirements(List<Requirement> list) {
        return new LinkedHashSet<>(list);
    }

    boolean sameAs(FunctionSummary other) {
        return alike(result, other.result)
                && (collective == null) == (other.collective == null)
                && requirements.size() == other.requirements.size()
                && effects.keySet().equals(other.effects.keySet())
                && effects.entrySet().stream().allMatch(e -> {
                    Taint t = other.effects.get(e.getKey());
                    return t != null && alike(t, e.getValue());
                });
    }

    private static boolean alike(Taint a, Taint b) {
        return a.sources().equals(b.sources()) && a.isVarying() == b.isVarying() && Objects.equals(a.within(), b.within());
    }
}
