package org.pellang.compiler.sema.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Children of the nodes of a typed tree, for passes that look for something anywhere. */
public final class TreeWalk {
    private TreeWalk() {}

    /** Calls {@code visit} for every outermost statement of the program: body, functions, tests. */
    public static void outermost(TypedProgram program, Consumer<TStmt> visit) {
        program.body().forEach(visit);
        program.functions().forEach(f -> f.body().statements().forEach(visit));
        program.tests().forEach(t -> t.body().statements().forEach(visit));
    }

    /** Calls {@code visit} for every expression of the program: body, functions, tests. Parents come before their children. */
    public static void everyExpression(TypedProgram program, Consumer<TExpr> visit) {
        outermost(program, s -> everyExpression(s, visit));
    }

    /** Calls {@code visit} for every expression in a statement. */
    public static void everyExpression(TStmt statement, Consumer<TExpr> visit) {
        expressions(statement).forEach(e -> everyExpression(e, visit));
        statements(statement).forEach(s -> everyExpression(s, visit));
    }

    /** Calls {@code visit} for the expression and everything in it. */
    public static void everyExpression(TExpr e, Consumer<TExpr> visit) {
        visit.accept(e);
        children(e).forEach(c -> everyExpression(c, visit));
    }

    /** Statements directly inside a statement. */
    public static List<TStmt> statements(TStmt statement) {
        return switch (statement) {
            case TStmt.Forall f -> f.body().statements();
            case TStmt.For f -> f.body().statements();
            case TStmt.While w -> w.body().statements();
            case TStmt.Checkpointed c -> List.of(c.loop());
            case TStmt.If i -> {
                List<TStmt> all = new ArrayList<>(i.then().statements());
                if (i.otherwise() != null) {
                    all.addAll(i.otherwise().statements());
                }
                yield all;
            }
            case TStmt.On o -> o.body().statements();
            case TStmt.Epoch e -> e.body().statements();
            case TStmt.Sync s -> s.body().statements();
            case TStmt.RemoteStore _, TStmt.Declare _, TStmt.DeclareTuple _, TStmt.Assign _, TStmt.Update _, TStmt.MultiAssign _, TStmt.Swap _, TStmt.Do _,
                    TStmt.Break _, TStmt.Continue _, TStmt.Return _, TStmt.Assert _ -> List.of();
        };
    }

    /** Expressions directly in a statement, subscripts of its places included, in order of evaluation. */
    public static List<TExpr> expressions(TStmt statement) {
        List<TExpr> all = new ArrayList<>();
        switch (statement) {
            case TStmt.Declare d -> all.add(d.value());
            case TStmt.DeclareTuple d -> all.add(d.value());
            case TStmt.Assign a -> {
                all.add(a.value());
                place(a.place(), all);
            }
            case TStmt.Update u -> {
                all.add(u.value());
                place(u.place(), all);
            }
            case TStmt.MultiAssign m -> {
                all.addAll(m.values());
                m.places().forEach(p -> place(p, all));
            }
            case TStmt.Swap s -> {
                place(s.left(), all);
                place(s.right(), all);
            }
            case TStmt.Do d -> all.add(d.expression());
            case TStmt.Forall f -> iteration(f.iteration(), all);
            case TStmt.For f -> iteration(f.iteration(), all);
            case TStmt.While w -> all.add(w.condition());
            case TStmt.Checkpointed c -> all.add(c.every());
            case TStmt.If i -> all.add(i.condition());
            case TStmt.Return r -> add(all, r.value());
            case TStmt.Assert a -> {
                all.add(a.condition());
                add(all, a.message());
            }
            case TStmt.On o -> all.add(o.team());
            case TStmt.RemoteStore r -> {
                place(r.place(), all);
                all.add(r.rank());
                all.add(r.value());
            }
            case TStmt.Break _, TStmt.Continue _, TStmt.Epoch _, TStmt.Sync _ -> {}
        }
        return all;
    }

    private static void place(Place place, List<TExpr> all) {
        switch (place) {
            case Place.Variable _ -> {}
            case Place.Element e -> {
                place(e.array(), all);
                all.addAll(e.subscripts());
            }
            case Place.Slice s -> {
                place(s.array(), all);
                subscripts(s.subscripts(), all);
            }
            case Place.Component c -> place(c.value(), all);
        }
    }

    private static void subscripts(List<TExpr.TSub> subscripts, List<TExpr> all) {
        for (TExpr.TSub s : subscripts) {
            add(all, s.index());
            add(all, s.range());
        }
    }

    private static void iteration(Iteration iteration, List<TExpr> all) {
        all.add(iteration.space());
        add(all, iteration.work().amount());
        add(all, iteration.work().threads());
        iteration.lets().forEach(l -> all.add(l.value()));
        add(all, iteration.filter());
    }

    private static void add(List<TExpr> all, @Nullable TExpr e) {
        if (e != null) {
            all.add(e);
        }
    }

    /** Direct children of an expression in order of evaluation. */
    public static List<TExpr> children(TExpr e) {
        List<TExpr> all = new ArrayList<>();
        switch (e) {
            case TExpr.Constant _, TExpr.ComplexConstant _, TExpr.Read _, TExpr.Bad _ -> {}
            case TExpr.Interpolation i -> i.parts().forEach(p -> add(all, p.value()));
            case TExpr.Unary u -> all.add(u.operand());
            case TExpr.Binary b -> all.addAll(List.of(b.left(), b.right()));
            case TExpr.Compare c -> all.addAll(List.of(c.left(), c.right()));
            case TExpr.Logical l -> all.addAll(List.of(l.left(), l.right()));
            case TExpr.Convert c -> all.add(c.value());
            case TExpr.Conditional c -> all.addAll(List.of(c.condition(), c.then(), c.otherwise()));
            case TExpr.TupleNew t -> all.addAll(t.elements());
            case TExpr.RecordNew r -> all.addAll(r.fields());
            case TExpr.ArrayNew a -> {
                all.addAll(a.elements());
                if (a.extents() != null) {
                    all.addAll(a.extents());
                }
            }
            case TExpr.ArrayFill a -> {
                all.add(a.domain());
                add(all, a.fill());
            }
            case TExpr.ListNew l -> all.addAll(l.elements());
            case TExpr.MapNew m -> {
                if (m.entries() != null) {
                    all.add(m.entries());
                }
            }
            case TExpr.Element x -> {
                all.add(x.array());
                all.addAll(x.subscripts());
            }
            case TExpr.Slice s -> {
                all.add(s.array());
                subscripts(s.subscripts(), all);
            }
            case TExpr.Component c -> all.add(c.value());
            case TExpr.Call c -> all.addAll(c.arguments());
            case TExpr.CallValue c -> {
                all.add(c.function());
                all.addAll(c.arguments());
            }
            case TExpr.FunctionValue f -> all.addAll(f.captured());
            case TExpr.ExternCall c -> all.addAll(c.arguments());
            case TExpr.IntrinsicCall c -> all.addAll(c.arguments());
            case TExpr.Range r -> {
                all.addAll(List.of(r.low(), r.high()));
                add(all, r.step());
            }
            case TExpr.DomainNew d -> all.addAll(d.parts());
            case TExpr.Reduce r -> {
                iteration(r.iteration(), all);
                all.add(r.element());
            }
            case TExpr.Scan s -> {
                iteration(s.iteration(), all);
                all.add(s.element());
            }
            case TExpr.ArrayComprehension a -> {
                iteration(a.iteration(), all);
                all.add(a.element());
            }
            case TExpr.Collective c -> {
                add(all, c.value());
                add(all, c.root());
                add(all, c.team());
            }
            case TExpr.ChannelOp c -> {
                all.add(c.channel());
                add(all, c.message());
                add(all, c.peer());
            }
            case TExpr.RemoteRead r -> {
                all.addAll(List.of(r.element(), r.rank()));
                add(all, r.add());
            }
            case TExpr.Spawn s -> all.add(s.call());
        }
        return all;
    }
}
