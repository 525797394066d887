package org.pellang.compiler.sema.checkpoint;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.sema.typed.Effects;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.Var;

/**
 * Which variables are live at the headers of checkpointed loops: those that may be read before they are replaced. The usual backward analysis, on
 * the tree; loops to their fixed points.
 */
final class Liveness {
    private final Effects effects;
    private final Set<Var> atExit;
    private final Map<TStmt.Checkpointed, Set<Var>> headers = new IdentityHashMap<>();
    private Set<Var> atBreak = Set.of();
    private Set<Var> atContinue = Set.of();

    private Liveness(Effects effects, Set<Var> atExit) {
        this.effects = effects;
        this.atExit = atExit;
    }

    /** @param atExit what is live when the body has ended or returned */
    static Map<TStmt.Checkpointed, Set<Var>> of(List<TStmt> body, Effects effects, Set<Var> atExit) {
        Liveness liveness = new Liveness(effects, atExit);
        liveness.block(body, atExit);
        return liveness.headers;
    }

    private Set<Var> block(List<TStmt> statements, Set<Var> after) {
        Set<Var> live = after;
        for (int k = statements.size() - 1; k >= 0; k--) {
            live = statement(statements.get(k), live);
        }
        return live;
    }

    private Set<Var> statement(TStmt s, Set<Var> after) {
        return switch (s) {
            case TStmt.Declare d -> simple(s, without(after, List.of(d.variable())));
            case TStmt.DeclareTuple d -> simple(s, without(after, d.variables()));
            case TStmt.Assign a -> simple(s, without(after, replaced(List.of(a.place()))));
            case TStmt.MultiAssign m -> simple(s, without(after, replaced(m.places())));
            case TStmt.If i -> {
                Set<Var> then = block(i.then().statements(), after);
                Set<Var> otherwise = i.otherwise() == null ? after : block(i.otherwise().statements(), after);
                yield union(union(then, otherwise), effects.reads(i.condition()));
            }
            case TStmt.For f -> union(header(f.body(), f.iteration().indices(), Set.of(), after), headReads(f));
            case TStmt.While w -> header(w.body(), List.of(), effects.reads(w.condition()), after);
            case TStmt.Checkpointed c -> checkpointed(c, after);
            case TStmt.Break _ -> atBreak;
            case TStmt.Continue _ -> atContinue;
            case TStmt.Return r -> r.value() == null ? atExit : union(atExit, effects.reads(r.value()));
            // Other constructs with blocks run them any number of times, as far as this analysis knows.
            default -> any(s, after);
        };
    }

    private Set<Var> headReads(TStmt.For f) {
        Set<Var> reads = new HashSet<>();
        TreeWalk.expressions(f).forEach((TExpr e) -> reads.addAll(effects.reads(e)));
        return reads;
    }

    private Set<Var> simple(TStmt s, Set<Var> live) {
        return union(live, effects.reads(s));
    }

    private Set<Var> any(TStmt s, Set<Var> after) {
        Set<Var> live = union(after, effects.reads(s));
        List<TStmt> inner = TreeWalk.statements(s);
        if (!inner.isEmpty()) {
            block(inner, live);
        }
        return live;
    }

    private Set<Var> checkpointed(TStmt.Checkpointed c, Set<Var> after) {
        Set<Var> before = statement(c.loop(), after);
        Set<Var> atHeader = switch (c.loop()) {
            case TStmt.For f -> header(f.body(), f.iteration().indices(), Set.of(), after);
            case TStmt.While w -> header(w.body(), List.of(), effects.reads(w.condition()), after);
            default -> throw new IllegalStateException("no loop: " + c.loop());
        };
        headers.merge(c, atHeader, Liveness::union);
        return union(before, effects.reads(c.every()));
    }

    /** What is live where the loop decides about another pass. */
    private Set<Var> header(TStmt.TBlock body, List<Var> indices, Set<Var> condition, Set<Var> after) {
        Set<Var> outerBreak = atBreak;
        Set<Var> outerContinue = atContinue;
        atBreak = after;
        Set<Var> live = union(after, condition);
        for (int before = -1; before != live.size(); ) {
            before = live.size();
            atContinue = live;
            live = union(live, without(block(body.statements(), live), indices));
        }
        atBreak = outerBreak;
        atContinue = outerContinue;
        return live;
    }

    private static List<Var> replaced(List<Place> places) {
        return places.stream().filter(Effects::whole).map(Place::root).toList();
    }

    private static Set<Var> without(Set<Var> live, List<Var> killed) {
        if (killed.isEmpty()) {
            return live;
        }
        Set<Var> rest = new HashSet<>(live);
        killed.forEach(rest::remove);
        return rest;
    }

    private static Set<Var> union(Set<Var> a, Set<Var> b) {
        if (a.containsAll(b)) {
            return a;
        }
        Set<Var> both = new HashSet<>(a);
        both.addAll(b);
        return both;
    }
}
