package org.pellang.compiler.sema.dependence;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/** Finds the outermost divided loops and comprehensions. */
final class ParallelFinder {
    private final Consumer<TStmt.Forall> loops;
    private final BiConsumer<Iteration, TExpr> comprehensions;

    ParallelFinder(Consumer<TStmt.Forall> loops, BiConsumer<Iteration, TExpr> comprehensions) {
        this.loops = loops;
        this.comprehensions = comprehensions;
    }

    void statements(List<TStmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(TStmt statement) {
        switch (statement) {
            case TStmt.Declare d -> expression(d.value());
            case TStmt.DeclareTuple d -> expression(d.value());
            case TStmt.Assign a -> {
                place(a.place());
                expression(a.value());
            }
            case TStmt.Update u -> {
                place(u.place());
                expression(u.value());
            }
            case TStmt.MultiAssign m -> {
                m.places().forEach(this::place);
                m.values().forEach(this::expression);
            }
            case TStmt.Swap s -> {
                place(s.left());
                place(s.right());
            }
            case TStmt.Do d -> expression(d.expression());
            case TStmt.Forall f -> loops.accept(f);
            case TStmt.For f -> {
                expression(f.iteration().space());
                statements(f.body().statements());
            }
            case TStmt.While w -> {
                expression(w.condition());
                statements(w.body().statements());
            }
            case TStmt.If i -> {
                expression(i.condition());
                statements(i.then().statements());
                if (i.otherwise() != null) {
                    statements(i.otherwise().statements());
                }
            }
            case TStmt.Return r -> {
                if (r.value() != null) {
                    expression(r.value());
                }
            }
            case TStmt.Assert a -> {
                expression(a.condition());
                if (a.message() != null) {
                    expression(a.message());
                }
            }
            case TStmt.Break _, TStmt.Continue _ -> {}
        }
    }

    private void place(Place place) {
        switch (place) {
            case Place.Variable _ -> {}
            case Place.Element e -> {
                place(e.array());
                e.subscripts().forEach(this::expression);
            }
            case Place.Slice s -> {
                place(s.array());
                subscripts(s.subscripts());
            }
            case Place.Component c -> place(c.value());
        }
    }

    private void subscripts(List<TExpr.TSub> subscripts) {
        for (TExpr.TSub s : subscripts) {
            if (s.index() != null) {
                expression(s.index());
            }
            if (s.range() != null) {
                expression(s.range());
            }
        }
    }

    private void all(List<TExpr> expressions) {
        expressions.forEach(this::expression);
    }

    private void expression(TExpr e) {
        switch (e) {
            case TExpr.Constant _, TExpr.ComplexConstant _, TExpr.Read _, TExpr.Bad _ -> {}
            case TExpr.Interpolation i -> i.parts().forEach(p -> {
                if (p.value() != null) {
                    expression(p.value());
                }
            });
            case TExpr.Unary u -> expression(u.operand());
            case TExpr.Binary b -> all(List.of(b.left(), b.right()));
            case TExpr.Compare c -> all(List.of(c.left(), c.right()));
            case TExpr.Logical l -> all(List.of(l.left(), l.right()));
            case TExpr.Convert c -> expression(c.value());
            case TExpr.Conditional c -> all(List.of(c.condition(), c.then(), c.otherwise()));
            case TExpr.TupleNew t -> all(t.elements());
            case TExpr.RecordNew r -> all(r.fields());
            case TExpr.ArrayNew a -> {
                all(a.elements());
                if (a.extents() != null) {
                    all(a.extents());
                }
            }
            case TExpr.ArrayFill a -> {
                expression(a.domain());
                if (a.fill() != null) {
                    expression(a.fill());
                }
            }
            case TExpr.ListNew l -> all(l.elements());
            case TExpr.Element x -> {
                expression(x.array());
                all(x.subscripts());
            }
            case TExpr.Slice s -> {
                expression(s.array());
                subscripts(s.subscripts());
            }
            case TExpr.Component c -> expression(c.value());
            case TExpr.Call c -> all(c.arguments());
            case TExpr.CallValue c -> {
                expression(c.function());
                all(c.arguments());
            }
            case TExpr.FunctionValue f -> all(f.captured());
            case TExpr.ExternCall c -> all(c.arguments());
            case TExpr.IntrinsicCall c -> all(c.arguments());
            case TExpr.Range r -> {
                all(List.of(r.low(), r.high()));
                if (r.step() != null) {
                    expression(r.step());
                }
            }
            case TExpr.DomainNew d -> all(d.axes());
            case TExpr.Reduce r -> comprehension(r.iteration(), r.element());
            case TExpr.Scan s -> comprehension(s.iteration(), s.element());
            case TExpr.ArrayComprehension a -> comprehension(a.iteration(), a.element());
            case TExpr.Collective c -> {
                if (c.value() != null) {
                    expression(c.value());
                }
            }
            case TExpr.ChannelOp c -> {
                if (c.message() != null) {
                    expression(c.message());
                }
            }
        }
    }

    private void comprehension(Iteration iteration, TExpr element) {
        if (iteration.parallel()) {
            comprehensions.accept(iteration, element);
        } else {
            expression(iteration.space());
            expression(element);
        }
    }
}
