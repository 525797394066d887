package org.pellang.compiler.sema.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram.TFunction;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Which elements of distributed arrays a divided loop touches is worked out by each rank for all ranks, from subscripts like {@code i + shift}: values from outside
 * of the loop in them must be the same everywhere. Subscripts of which nothing is known beforehand are listed by each rank for itself, and may vary.
 */
final class LoopSubscripts {
    private final List<TFunction> functions;
    private final Reporter reporter;
    private final FlowState state;
    /** What locals of the loop are: indices and parameters by their taint, lets by their value. Other locals are unknown. */
    private final Map<Var, Taint> known = new HashMap<>();
    private final Map<Var, TExpr> lets = new HashMap<>();
    private final Set<Var> locals = new HashSet<>();
    private final Set<Integer> inside = new HashSet<>();

    LoopSubscripts(List<TFunction> functions, Reporter reporter, FlowState state) {
        this.functions = functions;
        this.reporter = reporter;
        this.state = state;
    }

    /** The body of {@code forall} or {@code wavefront}. */
    void check(TStmt.Forall f) {
        f.iteration().indices().forEach(v -> known.put(v, Taint.NONE));
        f.body().statements().forEach(this::statement);
    }

    /** A divided comprehension. */
    void check(Iteration iteration, TExpr element) {
        iteration.indices().forEach(v -> known.put(v, Taint.NONE));
        clauses(iteration);
        expression(element);
    }

    private void clauses(Iteration iteration) {
        for (Iteration.Let let : iteration.lets()) {
            expression(let.value());
            let.variables().forEach(locals::add);
            if (let.variables().size() == 1) {
                lets.put(let.variables().getFirst(), let.value());
            }
        }
        if (iteration.filter() != null) {
            expression(iteration.filter());
        }
    }

    private void inner(Iteration iteration) {
        expression(iteration.space());
        Taint bounds = iteration.overDomain() ? space(iteration.space()) : null;
        for (Var index : iteration.indices()) {
            locals.add(index);
            if (bounds != null) {
                known.put(index, bounds);
            }
        }
        clauses(iteration);
    }

    private @Nullable Taint space(TExpr space) {
        return switch (space) {
            case TExpr.Range r -> both(value(r.low()), value(r.high()));
            case TExpr.DomainNew d -> {
                Taint all = Taint.NONE;
                for (TExpr axis : d.axes()) {
                    all = both(all, space(axis));
                }
                yield all;
            }
            case TExpr.Read r when locals.contains(r.variable()) -> null;
            case TExpr.Read r -> state.value(r.variable()).join(state.shape(r.variable()));
            default -> null;
        };
    }

    private void statement(TStmt s) {
        switch (s) {
            case TStmt.For f -> inner(f.iteration());
            case TStmt.Declare d -> {
                locals.add(d.variable());
                if (d.variable().kind() == Var.Kind.LET) {
                    lets.put(d.variable(), d.value());
                }
            }
            case TStmt.DeclareTuple t -> t.variables().forEach(locals::add);
            default -> Assigned.places(s).forEach(this::place);
        }
        if (!(s instanceof TStmt.For)) {
            TreeWalk.expressions(s).forEach(this::expression);
        }
        TreeWalk.statements(s).forEach(this::statement);
    }

    private void place(Place place) {
        if (place instanceof Place.Element e && e.array() instanceof Place.Variable v) {
            element(v.variable(), e.subscripts(), e.span());
        } else if (place instanceof Place.Component c) {
            place(c.value());
        }
    }

    private void expression(TExpr e) {
        switch (e) {
            case TExpr.Element x when x.array() instanceof TExpr.Read r -> element(r.variable(), x.subscripts(), x.span());
            case TExpr.Reduce r -> inner(r.iteration());
            case TExpr.Scan r -> inner(r.iteration());
            case TExpr.ArrayComprehension c -> inner(c.iteration());
            case TExpr.Call c -> call(c);
            default -> {}
        }
        TreeWalk.children(e).forEach(this::expression);
    }

    /** The function's subscripts are the loop's, with the arguments in place of the parameters. */
    private void call(TExpr.Call c) {
        TFunction f = functions.get(c.function());
        if (!inside.add(f.id())) {
            return;
        }
        for (int k = 0; k < f.params().size() && k < c.arguments().size(); k++) {
            Var p = f.params().get(k);
            Taint taint = value(c.arguments().get(k));
            known.remove(p);
            if (!ExpressionFlow.isDistributed(p.type())) {
                locals.add(p);
            }
            if (taint != null) {
                known.put(p, taint);
            }
        }
        f.body().statements().forEach(this::statement);
        inside.remove(f.id());
    }

    private void element(Var array, List<TExpr> subscripts, Span span) {
        if (!(array.type() instanceof Type.Array a) || a.distribution().isLocal() || isOwn(a, subscripts)) {
            return;
        }
        for (TExpr s : subscripts) {
            Taint taint = value(s);
            if (taint != null && !taint.isUniform()) {
                reporter.uniform("PEL0403", "the ranks disagree about which elements of `" + array.name() + "` this loop touches", span, taint);
            }
        }
    }

    /** Whether the subscripts of all axes that are spread are indices alone: then every rank stays with its own elements. */
    private boolean isOwn(Type.Array a, List<TExpr> subscripts) {
        for (int d = 0; d < subscripts.size(); d++) {
            boolean index = subscripts.get(d) instanceof TExpr.Read r && known.containsKey(r.variable()) && !locals.contains(r.variable());
            if (!index && a.distribution().axes().get(d).spread()) {
                return false;
            }
        }
        return true;
    }

    /** The taint of an int of which the loop knows bounds beforehand; null if it knows none. */
    private @Nullable Taint value(TExpr e) {
        return switch (e) {
            case TExpr.Constant _ -> Taint.NONE;
            case TExpr.Read r -> read(r.variable());
            case TExpr.Unary u -> value(u.operand());
            case TExpr.Binary b -> switch (b.op()) {
                case ADD, SUB, MUL, FLOOR_DIV, MIN, MAX, SHL, SHR, BIT_OR, BIT_XOR -> both(value(b.left()), value(b.right()));
                // Remainders and masks by constants stay below those.
                case MOD, BIT_AND -> b.right() instanceof TExpr.Constant ? Taint.NONE : both(value(b.left()), value(b.right()));
                case DIV, POW, USHR -> null;
            };
            case TExpr.Component c -> c.value() instanceof TExpr.Read r ? read(r.variable()) : null;
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.MIN || c.intrinsic() == Intrinsic.MAX -> {
                Taint all = Taint.NONE;
                for (TExpr argument : c.arguments()) {
                    all = both(all, value(argument));
                }
                yield all;
            }
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.LEN && c.arguments().getFirst() instanceof TExpr.Read r && !locals.contains(r.variable()) ->
                r.type() instanceof Type.Array ? state.shape(r.variable()) : state.value(r.variable());
            default -> null;
        };
    }

    private @Nullable Taint read(Var v) {
        Taint taint = known.get(v);
        if (taint != null) {
            return taint;
        }
        TExpr let = lets.get(v);
        if (let != null) {
            return value(let);
        }
        return locals.contains(v) ? null : state.value(v);
    }

    private static @Nullable Taint both(@Nullable Taint a, @Nullable Taint b) {
        return a == null || b == null ? null : a.join(b);
    }
}
