package org.pellang.compiler.sema.flow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.flow.RequestState.Start;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Follows requests through the statements of one body. */
final class RequestFlow {
    private final RequestCheck check;
    private final RequestExpressions expressions;
    private final RequestState returned = dead();
    private final Set<Start> result = new HashSet<>();
    private boolean report;
    private @Nullable RequestState broken;
    private @Nullable RequestState continued;

    RequestFlow(RequestCheck check, boolean report) {
        this.check = check;
        this.report = report;
        this.expressions = new RequestExpressions(check, this);
    }

    boolean reports() {
        return report;
    }

    /** What is open where the body returns. */
    RequestState returned() {
        return returned;
    }

    /** What the body returns. */
    Set<Start> result() {
        return result;
    }

    private static RequestState dead() {
        RequestState s = new RequestState();
        s.dead = true;
        return s;
    }

    RequestState block(List<TStmt> statements, RequestState state) {
        RequestState at = state;
        for (TStmt s : statements) {
            if (at.dead) {
                return at;
            }
            at = statement(s, at);
        }
        return at;
    }

    private RequestState statement(TStmt statement, RequestState state) {
        switch (statement) {
            case TStmt.Declare d -> declare(d.variable(), expressions.value(d.value(), state), state);
            case TStmt.DeclareTuple d -> {
                Set<Start> value = expressions.value(d.value(), state);
                d.variables().forEach(v -> declare(v, RequestCheck.holdsRequests(v.type()) ? value : Set.of(), state));
            }
            case TStmt.Assign a -> {
                Set<Start> value = expressions.value(a.value(), state);
                store(a.place(), state);
                keep(a.place(), value, state);
            }
            case TStmt.Update u -> {
                expressions.value(u.value(), state);
                store(u.place(), state);
            }
            case TStmt.MultiAssign m -> {
                List<Set<Start>> values = m.values().stream().map(v -> expressions.value(v, state)).toList();
                for (int k = 0; k < m.places().size(); k++) {
                    store(m.places().get(k), state);
                    keep(m.places().get(k), values.get(Math.min(k, values.size() - 1)), state);
                }
            }
            case TStmt.Swap s -> {
                store(s.left(), state);
                store(s.right(), state);
            }
            case TStmt.Do d -> dropped(expressions.value(d.expression(), state));
            case TStmt.RemoteStore r -> {
                expressions.value(r.rank(), state);
                expressions.value(r.value(), state);
            }
            case TStmt.Forall f -> {
                expressions.iteration(f.iteration(), state);
                return loop(state, f.iteration().space(), f.body(), null);
            }
            case TStmt.For f -> {
                Set<Start> elements = expressions.iteration(f.iteration(), state);
                return loop(state, f.iteration().space(), f.body(), new Elements(f.iteration().indices(), elements));
            }
            case TStmt.While w -> {
                expressions.value(w.condition(), state);
                return loop(state, w.condition(), w.body(), null);
            }
            case TStmt.Checkpointed c -> {
                expressions.value(c.every(), state);
                return statement(c.loop(), state);
            }
            case TStmt.If i -> {
                expressions.value(i.condition(), state);
                RequestState then = block(i.then().statements(), state.copy());
                return then.join(i.otherwise() == null ? state : block(i.otherwise().statements(), state.copy()));
            }
            case TStmt.On o -> {
                expressions.value(o.team(), state);
                return block(o.body().statements(), state.copy()).join(state);
            }
            case TStmt.Epoch e -> {
                return block(e.body().statements(), state);
            }
            case TStmt.Sync y -> {
                return block(y.body().statements(), state);
            }
            case TStmt.Break _ -> {
                broken = broken == null ? state : broken.join(state);
                return dead();
            }
            case TStmt.Continue _ -> {
                continued = continued == null ? state : continued.join(state);
                return dead();
            }
            case TStmt.Return r -> {
                returns(r, state);
                return dead();
            }
            case TStmt.Assert a -> {
                expressions.value(a.condition(), state);
                if (a.message() != null) {
                    expressions.value(a.message(), state);
                }
            }
        }
        return state;
    }

    private void returns(TStmt.Return r, RequestState state) {
        Set<Start> value = r.value() == null ? Set.of() : expressions.value(r.value(), state);
        result.addAll(value);
        for (Start s : value) {
            if (s.given() == null) {
                state.complete(Set.of(s));
            }
        }
        state.held.forEach((v, starts) -> starts.forEach(s -> {
            if (s.given() == null && !v.kind().global() && v.kind() != Var.Kind.MUT_PARAM) {
                leave(s, r.span());
            }
        }));
        RequestState joined = returned.join(state);
        returned.held.clear();
        returned.held.putAll(joined.held);
        returned.dead = false;
    }

    private void leave(Start s, Span end) {
        if (report) {
            check.open(s, end);
        }
    }

    /** A request that nobody keeps. */
    private void dropped(Set<Start> starts) {
        if (report) {
            starts.forEach(s -> check.open(s, null));
        }
    }

    private void declare(Var v, Set<Start> value, RequestState state) {
        Set<Start> before = Set.copyOf(state.of(v));
        state.held.remove(v);
        state.add(v, value);
        overwritten(before, state);
    }

    /** Requests that only this variable held, from an earlier round perhaps. */
    private void overwritten(Set<Start> before, RequestState state) {
        Set<Start> still = state.all();
        before.forEach(s -> {
            boolean lost = s.given() == null && (!still.contains(s) || state.held.values().stream().filter(x -> x.contains(s)).count() == 1);
            if (report && lost) {
                check.open(s, null);
            }
        });
    }

    private void keep(Place place, Set<Start> value, RequestState state) {
        Var root = place.root();
        if (!RequestCheck.holdsRequests(root.type())) {
            return;
        }
        if (place instanceof Place.Variable) {
            Set<Start> before = Set.copyOf(state.of(root));
            state.held.remove(root);
            state.add(root, value);
            overwritten(before, state);
        } else {
            state.add(root, value);
        }
    }

    private void store(Place place, RequestState state) {
        expressions.subscripts(place, state);
        expressions.touch(place.span(), place.root(), part(place), true, state);
    }

    private static @Nullable TExpr part(Place place) {
        return switch (place) {
            case Place.Variable _ -> null;
            case Place.Component c -> part(c.value());
            case Place.Element e -> new TExpr.Element(e.span(), e.type(), new TExpr.Read(e.span(), e.array().type(), e.root()), e.subscripts());
            case Place.Slice s -> new TExpr.Slice(s.span(), s.type(), new TExpr.Read(s.span(), s.array().type(), s.root()), s.subscripts());
        };
    }

    /** What a loop runs over, if that holds requests. */
    private record Elements(List<Var> indices, Set<Start> starts) {}

    private RequestState loop(RequestState entry, TExpr over, TStmt.TBlock body, @Nullable Elements elements) {
        RequestState outerBroken = broken;
        RequestState outerContinued = continued;
        boolean active = report;
        report = false;
        RequestState head = entry;
        for (int round = 0; round < 20; round++) {
            broken = null;
            RequestState joined = head.join(round(head.copy(), body, elements));
            if (joined.sameAs(head)) {
                break;
            }
            head = joined;
        }
        report = active;
        broken = null;
        RequestState end = round(head.copy(), body, elements);
        RequestState after = head.join(end);
        Set<Start> inLists = inLists(over, head);
        if (broken == null && !end.dead) {
            inLists.removeAll(end.all());
            after.complete(inLists);
        }
        if (broken != null) {
            after = after.join(broken);
        }
        broken = outerBroken;
        continued = outerContinued;
        return after;
    }

    /** Whoever loops over a list and waits for its requests has waited for all of them: an empty list holds none. */
    private static Set<Start> inLists(TExpr over, RequestState head) {
        Set<Start> found = new HashSet<>();
        TreeWalk.everyExpression(over, e -> {
            if (e instanceof TExpr.Read r && r.type() instanceof Type.ListOf) {
                found.addAll(head.of(r.variable()));
            }
        });
        return found;
    }

    private RequestState round(RequestState state, TStmt.TBlock body, @Nullable Elements elements) {
        continued = null;
        if (elements != null && !elements.starts().isEmpty()) {
            elements.indices().forEach(v -> {
                state.held.remove(v);
                Set<Start> open = new HashSet<>(elements.starts());
                open.retainAll(state.all());
                state.add(v, open);
            });
        }
        RequestState end = block(body.statements(), state);
        return continued == null ? end : end.join(continued);
    }
}
