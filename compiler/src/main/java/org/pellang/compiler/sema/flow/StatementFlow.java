package org.pellang.compiler.sema.flow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Follows the statements of one body. */
final class StatementFlow {
    private final Reporter reporter;
    private final Control control;
    private final ExpressionFlow expressions;
    /** Taint of the results returned so far. */
    Taint result = Taint.NONE;

    private @Nullable LoopExit loop;
    /** The {@code checkpoint} clause of the loop that comes next. */
    private @Nullable Span clause;

    /** What leaves the innermost loop early. */
    private static final class LoopExit {
        Taint broken = Taint.NONE;
    }

    StatementFlow(Reporter reporter, Control control, ExpressionFlow expressions) {
        this.reporter = reporter;
        this.control = control;
        this.expressions = expressions;
    }

    FlowState block(List<TStmt> statements, FlowState state) {
        FlowState at = state;
        for (TStmt s : statements) {
            at = statement(s, at);
        }
        return at;
    }

    private Taint here(FlowState state) {
        return control.taint().join(state.diverged).join(state.returned);
    }

    private FlowState statement(TStmt statement, FlowState state) {
        switch (statement) {
            case TStmt.Declare d -> {
                Taint value = expressions.value(d.value(), state);
                state.setShape(d.variable(), d.variable().type() instanceof Type.Array ? expressions.shape(d.value(), state) : Taint.NONE);
                state.set(d.variable(), value.join(here(state)));
                if (d.value() instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.SPLIT) {
                    TeamFlow.made(d.variable(), c, state);
                }
                wholeArray(d.span(), d.variable().type(), "declaring a distributed array", state);
            }
            case TStmt.DeclareTuple d -> {
                Taint value = expressions.value(d.value(), state).join(here(state));
                d.variables().forEach(v -> state.set(v, value));
            }
            case TStmt.Assign a -> assign(a.place(), expressions.value(a.value(), state), a.value(), state);
            case TStmt.Update u -> {
                Taint value = expressions.value(u.value(), state);
                assign(u.place(), value.join(placeTaint(u.place(), state)), null, state);
            }
            case TStmt.MultiAssign m -> {
                List<Taint> values = new ArrayList<>();
                m.values().forEach(v -> values.add(expressions.value(v, state)));
                for (int k = 0; k < m.places().size(); k++) {
                    assign(m.places().get(k), k < values.size() ? values.get(k) : values.getLast(), null, state);
                }
            }
            case TStmt.Swap s -> swap(s, state);
            case TStmt.Do d -> expressions.value(d.expression(), state);
            case TStmt.Forall f -> forall(f, state);
            case TStmt.For f -> {
                return loop(state, f.iteration().indices(), f.iteration().space(), f.body());
            }
            case TStmt.While w -> {
                return loop(state, List.of(), w.condition(), w.body());
            }
            case TStmt.Checkpointed c -> {
                Taint every = expressions.value(c.every(), state);
                reporter.uniform("PEL0408", "the ranks disagree about the interval of this `checkpoint`", c.every().span(), every);
                clause = c.every().span();
                return statement(c.loop(), state);
            }
            case TStmt.If i -> {
                return branch(i, state);
            }
            case TStmt.On o -> on(o, state);
            case TStmt.Epoch e -> {
                reporter.collective(e.span(), "`epoch`", control, state);
                return block(e.body().statements(), state);
            }
            case TStmt.Sync y -> {
                return block(y.body().statements(), state);
            }
            case TStmt.RemoteStore r -> {
                subscripts(r.place(), state);
                expressions.value(r.rank(), state);
                expressions.value(r.value(), state);
            }
            case TStmt.Break b -> {
                Taint exit = exit(b.span(), "`break`", state);
                if (loop != null) {
                    loop.broken = loop.broken.join(exit);
                }
                state.diverged = state.diverged.join(exit);
            }
            case TStmt.Continue c -> state.diverged = state.diverged.join(exit(c.span(), "`continue`", state));
            case TStmt.Return r -> {
                Taint value = expressions.optional(r.value(), state);
                result = result.join(value).join(here(state));
                Taint exit = exit(r.span(), "`return`", state);
                state.returned = state.returned.join(exit);
                if (loop != null) {
                    loop.broken = loop.broken.join(exit);
                }
            }
            case TStmt.Assert a -> {
                Taint condition = expressions.value(a.condition(), state);
                if (a.message() != null) {
                    control.push(condition, false);
                    expressions.value(a.message(), state);
                    control.pop();
                }
            }
        }
        return state;
    }

    /** The body is one of the team's ranks; whoever enters it does so together with the ranks around it. */
    private void on(TStmt.On o, FlowState state) {
        Taint team = expressions.value(o.team(), state);
        Span head = new Span(o.span().file(), o.span().start(), o.team().span().end());
        reporter.uniform("PEL0403", "which team `on` names depends on the rank", o.team().span(), team);
        reporter.collective(head, "`on`", control, state);
        Var name = TeamFlow.name(o.team());
        FlowState inside = state.copy();
        inside.enter(name);
        control.enter(name);
        FlowState end = block(o.body().statements(), inside);
        control.leave();
        state.leave(end, name, new Taint.Reason(head, "assigned in this `on`, so it differs from team to team"));
    }

    /** An exit is a divergence only as far as the conditions around it are rank-dependent. */
    private Taint exit(Span span, String what, FlowState state) {
        Taint taint = here(state);
        return taint.isVarying()
                ? new Taint(taint.sources(), new Taint.Reason(span, what + " here is taken on some ranks only"), taint.within())
                : taint;
    }

    private void wholeArray(Span span, Type type, String what, FlowState state) {
        if (ExpressionFlow.isDistributed(type)) {
            reporter.collective(span, what, control, state);
        }
    }

    private Taint placeTaint(Place place, FlowState state) {
        return ExpressionFlow.isDistributed(place.root().type()) ? Taint.NONE : state.value(place.root());
    }

    private Taint subscripts(Place place, FlowState state) {
        return switch (place) {
            case Place.Variable _ -> Taint.NONE;
            case Place.Element e -> expressions.all(e.subscripts(), state).join(subscripts(e.array(), state));
            case Place.Slice s -> expressions.subscripts(s.subscripts(), state).join(subscripts(s.array(), state));
            case Place.Component c -> subscripts(c.value(), state);
        };
    }

    private void assign(Place place, Taint value, @Nullable TExpr whole, FlowState state) {
        Taint subscripts = subscripts(place, state);
        Var root = place.root();
        if (ExpressionFlow.isDistributed(root.type())) {
            reporter.uniform("PEL0403", "element of a distributed array named by a rank-dependent subscript", place.span(), subscripts);
            reporter.collective(place.span(), "assigning to a distributed array", control, state);
            return;
        }
        Taint taint = value.join(subscripts).join(here(state));
        if (place instanceof Place.Variable) {
            state.set(root, taint);
            if (whole != null && root.type() instanceof Type.Array) {
                state.setShape(root, expressions.shape(whole, state).join(here(state)));
            }
        } else {
            state.set(root, state.value(root).join(taint));
        }
    }

    private void swap(TStmt.Swap s, FlowState state) {
        Taint both = placeTaint(s.left(), state).join(placeTaint(s.right(), state));
        if (ExpressionFlow.isDistributed(s.left().root().type())) {
            reporter.collective(s.span(), "`<=>` of distributed arrays", control, state);
            return;
        }
        if (s.left() instanceof Place.Variable l && s.right() instanceof Place.Variable r) {
            Taint left = state.value(l.variable());
            state.set(l.variable(), state.value(r.variable()).join(here(state)));
            state.set(r.variable(), left.join(here(state)));
        } else {
            assign(s.left(), both, null, state);
            assign(s.right(), both, null, state);
        }
    }

    private void forall(TStmt.Forall f, FlowState state) {
        Taint space = expressions.value(f.iteration().space(), state);
        String what = f.iteration().work().isWavefront() ? "`wavefront`" : "`forall`";
        reporter.uniform("PEL0404", "the ranks disagree about the bounds of this " + what, f.iteration().space().span(), space);
        expressions.work(f.iteration().work(), state);
        reporter.collective(f.head(), what, control, state);
        expressions.inLoop(state).check(f);
        // The body runs once per index, whoever owns it; what it merges or reduces is the same on all ranks afterwards.
        f.reductions().forEach(r -> state.touched.add(r.variable()));
        Assigned.in(f.body().statements()).forEach(state.touched::add);
    }

    private FlowState branch(TStmt.If i, FlowState state) {
        Taint condition = expressions.value(i.condition(), state);
        control.push(condition, false);
        FlowState then = block(i.then().statements(), state.copy());
        FlowState otherwise = i.otherwise() == null ? state.copy() : block(i.otherwise().statements(), state.copy());
        control.pop();
        return then.join(otherwise);
    }

    private FlowState loop(FlowState entry, List<Var> indices, TExpr head, TStmt.TBlock body) {
        LoopExit outer = loop;
        boolean active = reporter.active;
        LoopExit exits = new LoopExit();
        loop = exits;
        Span checkpoint = clause;
        clause = null;
        reporter.active = false;
        FlowState before = entry;
        for (int round = 0; round < 50; round++) {
            FlowState after = round(before.copy(), indices, head, body, entry, exits, checkpoint);
            FlowState joined = before.join(after);
            if (joined.sameAs(before) && round > 0) {
                break;
            }
            before = joined;
        }
        reporter.active = active;
        FlowState end = before.join(round(before.copy(), indices, head, body, entry, exits, checkpoint));
        loop = outer;
        end.diverged = entry.diverged;
        return end;
    }

    private FlowState round(
            FlowState state, List<Var> indices, TExpr head, TStmt.TBlock body, FlowState entry, LoopExit exits, @Nullable Span checkpoint) {
        state.diverged = entry.diverged;
        control.push(exits.broken, true);
        Taint bound = expressions.value(head, state);
        wholeArray(head.span(), head.type(), "a loop over a distributed array or map", state);
        control.push(bound, true);
        if (checkpoint != null) {
            reporter.checkpoint(checkpoint, control, state);
        }
        indices.forEach(v -> state.set(v, bound));
        FlowState end = block(body.statements(), state);
        control.pop();
        control.pop();
        return end;
    }
}
