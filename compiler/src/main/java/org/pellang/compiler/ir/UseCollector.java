package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** Finds every use of an array from outside in the body of a divided loop. */
final class UseCollector {
    private final Intervals intervals;
    private final Functions functions;
    private final Set<Var> hidden = new LinkedHashSet<>();
    private final Map<Var, List<Use>> elements = new LinkedHashMap<>();
    private final Map<Var, List<Use>> bare = new LinkedHashMap<>();
    private final Map<Var, ArrayEffects> lent = new LinkedHashMap<>();
    private final Map<TExpr, Linear> linears = new IdentityHashMap<>();

    UseCollector(Intervals intervals, Functions functions) {
        this.intervals = intervals;
        this.functions = functions;
    }

    /** Single elements, by array in order of first use. */
    Map<Var, List<Use>> elements() {
        return elements;
    }

    /** Slices and arrays as values; the key of such a use is empty. */
    Map<Var, List<Use>> bare() {
        return bare;
    }

    /** Top-level distributed arrays that functions called by the body read by themselves. */
    Set<Var> hidden() {
        return hidden;
    }

    /** Arrays that functions called by the body change by themselves, and how. */
    Map<Var, ArrayEffects> lent() {
        return lent;
    }

    private void call(int function, TExpr at) {
        if (functions.writes(function)) {
            lend(function, at);
        }
        for (Var v : functions.globals(function)) {
            hidden.add(v);
            if (v.type() instanceof Type.Array) {
                whole(v, at);
            }
        }
    }

    /** The arrays from outside that a call changes. */
    private void lend(int function, TExpr at) {
        if (at instanceof TExpr.Call c) {
            List<Var> params = functions.get(function).params();
            for (int k = 0; k < params.size(); k++) {
                boolean array = params.get(k).kind() == Var.Kind.MUT_PARAM && params.get(k).type() instanceof Type.Array;
                if (array && c.arguments().get(k) instanceof TExpr.Read r && outer(r.variable())) {
                    lent.computeIfAbsent(r.variable(), v -> functions.effects()).call(function, params.get(k));
                }
            }
        }
        for (Var v : functions.arrays(function)) {
            if (functions.effects().call(function, v).changes()) {
                lent.computeIfAbsent(v, x -> functions.effects()).call(function, v);
                hidden.add(v);
                whole(v, at);
            }
        }
    }

    /** An argument that the call reads and changes: the read has been seen, the change comes on top. */
    private void changed(TExpr argument, List<Integer> path) {
        switch (argument) {
            case TExpr.Component c -> changed(c.value(), below(c.index(), path));
            case TExpr.Element x when x.array() instanceof TExpr.Read r && outer(r.variable()) -> {
                List<Subscript> subs = x.subscripts().stream().map(intervals::subscript).toList();
                elements.computeIfAbsent(r.variable(), k -> new ArrayList<>())
                        .add(new Use(x.span(), x.subscripts(), subs, path.isEmpty() ? Use.Kind.WRITE : Use.Kind.PART, path));
            }
            case TExpr.Element x -> changed(x.array(), List.of());
            default -> {}
        }
    }

    private void whole(Var v, TExpr at) {
        Type.Array type = (Type.Array) v.type();
        List<Subscript> all = java.util.Collections.nCopies(type.axes(), new Subscript(at, null, null, -1));
        bare.computeIfAbsent(v, k -> new ArrayList<>()).add(new Use(at.span(), List.of(), all, Use.Kind.READ, List.of()));
    }

    /** Linear forms of int operands of conversions to float and of comparisons. */
    Map<TExpr, Linear> linears() {
        return linears;
    }

    private void linear(TExpr operand) {
        Linear form = operand.type().isIntegral() ? intervals.linear(operand) : null;
        if (form != null) {
            linears.put(operand, form);
        }
    }

    void block(TStmt.TBlock block) {
        block.statements().forEach(this::statement);
    }

    private void statement(TStmt s) {
        switch (s) {
            case TStmt.Declare d -> {
                expr(d.value());
                if (d.variable().kind() == Var.Kind.LET && d.variable().type().isIntegral()) {
                    intervals.let(d.variable(), d.value());
                } else {
                    intervals.local(d.variable());
                }
            }
            case TStmt.DeclareTuple d -> {
                expr(d.value());
                d.variables().forEach(intervals::local);
            }
            case TStmt.Assign a -> {
                place(a.place(), Use.Kind.WRITE, List.of());
                expr(a.value());
            }
            case TStmt.Update u -> {
                place(u.place(), Use.Kind.UPDATE, List.of());
                expr(u.value());
            }
            case TStmt.MultiAssign m -> {
                m.places().forEach(p -> place(p, Use.Kind.WRITE, List.of()));
                m.values().forEach(this::expr);
            }
            case TStmt.Swap x -> {
                place(x.left(), Use.Kind.UPDATE, List.of());
                place(x.right(), Use.Kind.UPDATE, List.of());
            }
            case TStmt.For f -> {
                iteration(f.iteration());
                block(f.body());
            }
            case TStmt.Do x -> children(s);
            case TStmt.Forall x -> children(s);
            case TStmt.While x -> children(s);
            case TStmt.Checkpointed x -> children(s);
            case TStmt.If x -> children(s);
            case TStmt.On x -> children(s);
            case TStmt.Epoch x -> children(s);
            case TStmt.Sync x -> children(s);
            case TStmt.RemoteStore x -> children(s);
            case TStmt.Break x -> {}
            case TStmt.Continue x -> {}
            case TStmt.Return x -> children(s);
            case TStmt.Assert x -> children(s);
        }
    }

    private void children(TStmt s) {
        Trees.expressions(s, this::expr);
        Trees.statements(s, this::statement);
    }

    private void iteration(Iteration it) {
        expr(it.space());
        intervals.inner(it);
        for (Iteration.Let let : it.lets()) {
            expr(let.value());
            if (let.variables().size() == 1 && let.variables().getFirst().type().isIntegral()) {
                intervals.let(let.variables().getFirst(), let.value());
            } else {
                let.variables().forEach(intervals::local);
            }
        }
        if (it.filter() != null) {
            expr(it.filter());
        }
    }

    private void expr(TExpr e) {
        switch (e) {
            case TExpr.Element x when x.array() instanceof TExpr.Read r && outer(r.variable()) -> {
                add(r.variable(), x, List.of());
            }
            case TExpr.Component c -> component(c, List.of());
            case TExpr.Slice x when x.array() instanceof TExpr.Read r && outer(r.variable()) -> {
                List<Subscript> subs = new ArrayList<>();
                for (TExpr.TSub s : x.subscripts()) {
                    subs.add(s.index() != null
                            ? intervals.subscript(s.index())
                            : new Subscript(x, null, s.range() == null ? null : intervals.ofRange(s.range()), -1));
                    if (s.index() != null) {
                        expr(s.index());
                    }
                    if (s.range() != null) {
                        expr(s.range());
                    }
                }
                bare.computeIfAbsent(r.variable(), v -> new ArrayList<>())
                        .add(new Use(x.span(), List.of(), List.copyOf(subs), Use.Kind.READ, List.of()));
            }
            case TExpr.IntrinsicCall c when c.intrinsic() == Intrinsic.LEN || c.intrinsic() == Intrinsic.DOMAIN_OF
                    || c.intrinsic() == Intrinsic.DOMAINS_OF -> {
                if (!(c.arguments().getFirst() instanceof TExpr.Read)) {
                    Trees.children(e, this::expr);
                }
            }
            case TExpr.Read r when outer(r.variable()) -> whole(r.variable(), r);
            case TExpr.Call c -> {
                call(c.function(), c);
                Trees.children(e, this::expr);
                List<Var> params = functions.get(c.function()).params();
                for (int k = 0; k < params.size(); k++) {
                    if (params.get(k).kind() == Var.Kind.MUT_PARAM) {
                        changed(c.arguments().get(k), List.of());
                    }
                }
            }
            case TExpr.IntrinsicCall c when c.intrinsic().changes() -> {
                Trees.children(e, this::expr);
                changed(c.arguments().getFirst(), List.of());
            }
            case TExpr.FunctionValue f -> {
                call(f.function(), f);
                Trees.children(e, this::expr);
            }
            case TExpr.Reduce x -> {
                iteration(x.iteration());
                expr(x.element());
            }
            case TExpr.Scan x -> {
                iteration(x.iteration());
                expr(x.element());
            }
            case TExpr.ArrayComprehension x -> {
                iteration(x.iteration());
                expr(x.element());
            }
            case TExpr.ExternCall c when VectorFacts.isUniform(c) -> {
                VectorFacts.counters(c).forEach(this::linear);
                Trees.children(e, this::expr);
            }
            case TExpr.Convert c -> {
                linear(c.value());
                expr(c.value());
            }
            case TExpr.Compare c -> {
                linear(c.left());
                linear(c.right());
                Trees.children(e, this::expr);
            }
            default -> Trees.children(e, this::expr);
        }
    }

    private boolean outer(Var v) {
        return v.type() instanceof Type.Array && !intervals.isLocal(v);
    }

    private static List<Integer> below(int component, List<Integer> path) {
        List<Integer> longer = new ArrayList<>(path);
        longer.addFirst(component);
        return List.copyOf(longer);
    }

    private void component(TExpr.Component c, List<Integer> inner) {
        List<Integer> path = below(c.index(), inner);
        switch (c.value()) {
            case TExpr.Component outer -> component(outer, path);
            case TExpr.Element x when x.array() instanceof TExpr.Read r && outer(r.variable()) -> add(r.variable(), x, path);
            default -> expr(c.value());
        }
    }

    private void place(Place p, Use.Kind kind, List<Integer> path) {
        switch (p) {
            case Place.Variable v -> {}
            case Place.Element x when x.array() instanceof Place.Variable v && outer(v.variable()) -> {
                List<Subscript> subs = x.subscripts().stream().map(intervals::subscript).toList();
                elements.computeIfAbsent(v.variable(), k -> new ArrayList<>())
                        .add(new Use(x.span(), x.subscripts(), subs, kind == Use.Kind.WRITE && !path.isEmpty() ? Use.Kind.PART : kind, path));
                x.subscripts().forEach(this::expr);
            }
            case Place.Component c -> place(c.value(), kind, below(c.index(), path));
            case Place.Element x -> {
                place(x.array(), Use.Kind.PART, List.of());
                x.subscripts().forEach(this::expr);
            }
            case Place.Slice x -> Trees.place(p, this::expr);
        }
    }

    private void add(Var array, TExpr.Element at, List<Integer> path) {
        List<Subscript> subs = at.subscripts().stream().map(intervals::subscript).toList();
        elements.computeIfAbsent(array, k -> new ArrayList<>()).add(new Use(at.span(), at.subscripts(), subs, Use.Kind.READ, path));
        at.subscripts().forEach(this::expr);
    }
}
