package org.pellang.compiler.ir;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/** Direct children of typed nodes, in order of evaluation. */
public final class Trees {
    private Trees() {}

    /** Every expression below and including {@code e}, parents first. */
    public static void walk(TExpr e, Consumer<TExpr> visit) {
        visit.accept(e);
        children(e, c -> walk(c, visit));
    }

    /** Every expression of a statement and of what it contains, parents first. */
    public static void walk(TStmt s, Consumer<TExpr> visit) {
        expressions(s, e -> walk(e, visit));
        statements(s, inner -> walk(inner, visit));
    }

    /** Every statement below and including {@code s}, parents first. */
    public static void walkStatements(TStmt s, Consumer<TStmt> visit) {
        visit.accept(s);
        statements(s, inner -> walkStatements(inner, visit));
    }

    /** The function of the program that an expression itself names: called, taken as a value, or as an operator. */
    public static Optional<Integer> function(TExpr e) {
        return switch (e) {
            case TExpr.Call c -> Optional.of(c.function());
            case TExpr.FunctionValue v -> Optional.of(v.function());
            case TExpr.Reduce r when r.op() instanceof ReduceOp.User u -> Optional.of(u.function());
            case TExpr.Scan r when r.op() instanceof ReduceOp.User u -> Optional.of(u.function());
            case TExpr.Collective c when c.op() instanceof ReduceOp.User u -> Optional.of(u.function());
            default -> Optional.empty();
        };
    }

    /** The direct operands of an expression. */
    public static void children(TExpr e, Consumer<TExpr> visit) {
        switch (e) {
            case TExpr.Constant x -> {}
            case TExpr.ComplexConstant x -> {}
            case TExpr.Read x -> {}
            case TExpr.Interpolation x -> x.parts().forEach(p -> optional(p.value(), visit));
            case TExpr.Unary x -> visit.accept(x.operand());
            case TExpr.Binary x -> {
                visit.accept(x.left());
                visit.accept(x.right());
            }
            case TExpr.Compare x -> {
                visit.accept(x.left());
                visit.accept(x.right());
            }
            case TExpr.Logical x -> {
                visit.accept(x.left());
                visit.accept(x.right());
            }
            case TExpr.Convert x -> visit.accept(x.value());
            case TExpr.Conditional x -> {
                visit.accept(x.condition());
                visit.accept(x.then());
                visit.accept(x.otherwise());
            }
            case TExpr.TupleNew x -> x.elements().forEach(visit);
            case TExpr.RecordNew x -> x.fields().forEach(visit);
            case TExpr.ArrayNew x -> {
                List<TExpr> extents = x.extents();
                if (extents != null) {
                    extents.forEach(visit);
                }
                x.elements().forEach(visit);
            }
            case TExpr.ArrayFill x -> {
                visit.accept(x.domain());
                optional(x.fill(), visit);
            }
            case TExpr.ListNew x -> x.elements().forEach(visit);
            case TExpr.MapNew x -> {
                if (x.entries() != null) {
                    visit.accept(x.entries());
                }
            }
            case TExpr.Element x -> {
                visit.accept(x.array());
                x.subscripts().forEach(visit);
            }
            case TExpr.Slice x -> {
                visit.accept(x.array());
                subs(x.subscripts(), visit);
            }
            case TExpr.Component x -> visit.accept(x.value());
            case TExpr.Call x -> x.arguments().forEach(visit);
            case TExpr.CallValue x -> {
                visit.accept(x.function());
                x.arguments().forEach(visit);
            }
            case TExpr.FunctionValue x -> x.captured().forEach(visit);
            case TExpr.ExternCall x -> x.arguments().forEach(visit);
            case TExpr.IntrinsicCall x -> x.arguments().forEach(visit);
            case TExpr.Range x -> {
                visit.accept(x.low());
                visit.accept(x.high());
                optional(x.step(), visit);
            }
            case TExpr.DomainNew x -> x.parts().forEach(visit);
            case TExpr.Reduce x -> {
                iteration(x.iteration(), visit);
                op(x.op(), visit);
                visit.accept(x.element());
            }
            case TExpr.Scan x -> {
                iteration(x.iteration(), visit);
                op(x.op(), visit);
                visit.accept(x.element());
            }
            case TExpr.ArrayComprehension x -> {
                iteration(x.iteration(), visit);
                visit.accept(x.element());
            }
            case TExpr.Collective x -> {
                optional(x.value(), visit);
                optional(x.root(), visit);
                optional(x.team(), visit);
            }
            case TExpr.ChannelOp x -> {
                visit.accept(x.channel());
                optional(x.message(), visit);
                optional(x.peer(), visit);
            }
            case TExpr.RemoteRead x -> {
                visit.accept(x.element());
                visit.accept(x.rank());
                optional(x.add(), visit);
            }
            case TExpr.Spawn x -> visit.accept(x.call());
            case TExpr.Bad x -> {}
        }
    }

    /** The expressions that a statement evaluates itself, not those of the blocks inside it. */
    public static void expressions(TStmt s, Consumer<TExpr> visit) {
        switch (s) {
            case TStmt.Declare x -> visit.accept(x.value());
            case TStmt.DeclareTuple x -> visit.accept(x.value());
            case TStmt.Assign x -> {
                place(x.place(), visit);
                visit.accept(x.value());
            }
            case TStmt.Update x -> {
                place(x.place(), visit);
                visit.accept(x.value());
            }
            case TStmt.MultiAssign x -> {
                x.places().forEach(p -> place(p, visit));
                x.values().forEach(visit);
            }
            case TStmt.Swap x -> {
                place(x.left(), visit);
                place(x.right(), visit);
            }
            case TStmt.Do x -> visit.accept(x.expression());
            case TStmt.Forall x -> {
                iteration(x.iteration(), visit);
                x.reductions().forEach(r -> op(r.op(), visit));
            }
            case TStmt.For x -> iteration(x.iteration(), visit);
            case TStmt.While x -> visit.accept(x.condition());
            case TStmt.Checkpointed x -> visit.accept(x.every());
            case TStmt.If x -> visit.accept(x.condition());
            case TStmt.On x -> visit.accept(x.team());
            case TStmt.Epoch x -> {}
            case TStmt.Sync x -> {}
            case TStmt.RemoteStore x -> {
                place(x.place(), visit);
                visit.accept(x.rank());
                visit.accept(x.value());
            }
            case TStmt.Break x -> {}
            case TStmt.Continue x -> {}
            case TStmt.Return x -> optional(x.value(), visit);
            case TStmt.Assert x -> {
                visit.accept(x.condition());
                optional(x.message(), visit);
            }
        }
    }

    /** The statements directly inside a statement. */
    public static void statements(TStmt s, Consumer<TStmt> visit) {
        switch (s) {
            case TStmt.Forall x -> x.body().statements().forEach(visit);
            case TStmt.For x -> x.body().statements().forEach(visit);
            case TStmt.While x -> x.body().statements().forEach(visit);
            case TStmt.Checkpointed x -> visit.accept(x.loop());
            case TStmt.If x -> {
                x.then().statements().forEach(visit);
                if (x.otherwise() != null) {
                    x.otherwise().statements().forEach(visit);
                }
            }
            case TStmt.On x -> x.body().statements().forEach(visit);
            case TStmt.Epoch x -> x.body().statements().forEach(visit);
            case TStmt.Sync x -> x.body().statements().forEach(visit);
            case TStmt.RemoteStore x -> {}
            case TStmt.Declare x -> {}
            case TStmt.DeclareTuple x -> {}
            case TStmt.Assign x -> {}
            case TStmt.Update x -> {}
            case TStmt.MultiAssign x -> {}
            case TStmt.Swap x -> {}
            case TStmt.Do x -> {}
            case TStmt.Break x -> {}
            case TStmt.Continue x -> {}
            case TStmt.Return x -> {}
            case TStmt.Assert x -> {}
        }
    }

    /** The subscripts that a place evaluates. */
    public static void place(Place p, Consumer<TExpr> visit) {
        switch (p) {
            case Place.Variable x -> {}
            case Place.Element x -> {
                place(x.array(), visit);
                x.subscripts().forEach(visit);
            }
            case Place.Slice x -> {
                place(x.array(), visit);
                subs(x.subscripts(), visit);
            }
            case Place.Component x -> place(x.value(), visit);
        }
    }

    private static void iteration(Iteration it, Consumer<TExpr> visit) {
        visit.accept(it.space());
        optional(it.work().amount(), visit);
        optional(it.work().threads(), visit);
        it.lets().forEach(l -> visit.accept(l.value()));
        optional(it.filter(), visit);
    }

    private static void op(ReduceOp op, Consumer<TExpr> visit) {
        if (op instanceof ReduceOp.User u) {
            visit.accept(u.identity());
        }
    }

    private static void subs(List<TExpr.TSub> subs, Consumer<TExpr> visit) {
        for (TExpr.TSub s : subs) {
            optional(s.index(), visit);
            optional(s.range(), visit);
        }
    }

    private static void optional(@Nullable TExpr e, Consumer<TExpr> visit) {
        if (e != null) {
            visit.accept(e);
        }
    }
}
