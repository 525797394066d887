package org.pellang.compiler.sema.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Which variables may hold requests that nobody has waited for yet. Where paths meet, the union. */
final class RequestState {
    /**
     * A send or receive that was started; or, in a function, what the caller's variable may hold ({@code span} null).
     *
     * @param span its start, or the call of the function that started it
     * @param receive whether its buffers are being filled
     * @param buffers what must not be touched meanwhile
     * @param part the subscripts, if not the whole buffer is in flight
     * @param given the parameter or top-level variable that held it when the function was called
     */
    record Start(@Nullable Span span, boolean receive, Set<Var> buffers, @Nullable TExpr part, @Nullable Var given) {
        static Start given(Var v) {
            return new Start(null, false, Set.of(), null, v);
        }
    }

    final Map<Var, Set<Start>> held = new HashMap<>();
    /** Whether control cannot come here. */
    boolean dead;

    RequestState copy() {
        RequestState copy = new RequestState();
        held.forEach((v, starts) -> copy.held.put(v, new HashSet<>(starts)));
        copy.dead = dead;
        return copy;
    }

    Set<Start> of(Var v) {
        return held.getOrDefault(v, Set.of());
    }

    void add(Var v, Set<Start> starts) {
        if (!starts.isEmpty()) {
            held.computeIfAbsent(v, k -> new HashSet<>()).addAll(starts);
        }
    }

    /** The requests are complete, whoever holds them. */
    void complete(Set<Start> starts) {
        Set<Start> done = Set.copyOf(starts);
        held.values().forEach(s -> s.removeAll(done));
    }

    Set<Start> all() {
        Set<Start> all = new HashSet<>();
        held.values().forEach(all::addAll);
        return all;
    }

    RequestState join(RequestState other) {
        if (dead) {
            return other.copy();
        }
        RequestState result = copy();
        if (!other.dead) {
            other.held.forEach(result::add);
        }
        return result;
    }

    boolean sameAs(RequestState other) {
        return dead == other.dead && all(this).equals(all(other));
    }

    private static Map<Var, Set<Start>> all(RequestState s) {
        Map<Var, Set<Start>> filled = new HashMap<>(s.held);
        filled.values().removeIf(Set::isEmpty);
        return filled;
    }
}
