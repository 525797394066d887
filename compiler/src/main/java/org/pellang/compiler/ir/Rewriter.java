package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.sema.typed.Work;

/**
 * Copies typed trees, children first; a subclass overrides {@link #expr}, {@link #variable} or {@link #statement} where it changes
 * something.
 */
class Rewriter {

    /** What a mention of a variable (read, written, declared) becomes. */
    protected Var variable(Var v) {
        return v;
    }

    /** Copies an expression. */
    protected TExpr expr(TExpr e) {
        return switch (e) {
            case TExpr.Constant x -> x;
            case TExpr.ComplexConstant x -> x;
            case TExpr.Read x -> new TExpr.Read(x.span(), x.type(), variable(x.variable()));
            case TExpr.Interpolation x -> new TExpr.Interpolation(x.span(), x.type(), map(x.parts(),
                    p -> new TExpr.Part(p.text(), optional(p.value()), p.spec())));
            case TExpr.Unary x -> new TExpr.Unary(x.span(), x.type(), x.op(), expr(x.operand()));
            case TExpr.Binary x -> new TExpr.Binary(x.span(), x.type(), x.op(), expr(x.left()), expr(x.right()));
            case TExpr.Compare x -> new TExpr.Compare(x.span(), x.type(), x.op(), expr(x.left()), expr(x.right()));
            case TExpr.Logical x -> new TExpr.Logical(x.span(), x.type(), x.conjunction(), expr(x.left()), expr(x.right()));
            case TExpr.Convert x -> new TExpr.Convert(x.span(), x.type(), x.target(), expr(x.value()));
            case TExpr.Conditional x ->
                new TExpr.Conditional(x.span(), x.type(), expr(x.condition()), expr(x.then()), expr(x.otherwise()));
            case TExpr.TupleNew x -> new TExpr.TupleNew(x.span(), x.type(), exprs(x.elements()));
            case TExpr.RecordNew x -> new TExpr.RecordNew(x.span(), x.type(), exprs(x.fields()));
            case TExpr.ArrayNew x -> new TExpr.ArrayNew(
                    x.span(), x.type(), exprs(x.elements()), x.extents() == null ? null : exprs(x.extents()));
            case TExpr.ArrayFill x -> new TExpr.ArrayFill(x.span(), x.type(), expr(x.domain()), optional(x.fill()));
            case TExpr.ListNew x -> new TExpr.ListNew(x.span(), x.type(), exprs(x.elements()));
            case TExpr.MapNew x -> new TExpr.MapNew(x.span(), x.type(), optional(x.entries()));
            case TExpr.Element x -> new TExpr.Element(x.span(), x.type(), expr(x.array()), exprs(x.subscripts()));
            case TExpr.Slice x -> new TExpr.Slice(x.span(), x.type(), expr(x.array()), subs(x.subscripts()));
            case TExpr.Component x -> new TExpr.Component(x.span(), x.type(), expr(x.value()), x.index(), x.name());
            case TExpr.Call x -> new TExpr.Call(x.span(), x.type(), x.function(), exprs(x.arguments()));
            case TExpr.CallValue x -> new TExpr.CallValue(x.span(), x.type(), expr(x.function()), exprs(x.arguments()));
            case TExpr.FunctionValue x -> new TExpr.FunctionValue(x.span(), x.type(), x.function(), exprs(x.captured()));
            case TExpr.ExternCall x -> new TExpr.ExternCall(x.span(), x.type(), x.function(), exprs(x.arguments()));
            case TExpr.IntrinsicCall x -> new TExpr.IntrinsicCall(x.span(), x.type(), x.intrinsic(), exprs(x.arguments()));
            case TExpr.Range x ->
                new TExpr.Range(x.span(), x.type(), expr(x.low()), expr(x.high()), x.open(), optional(x.step()));
            case TExpr.DomainNew x -> new TExpr.DomainNew(x.span(), x.type(), exprs(x.axes()), exprs(x.blocks()));
            case TExpr.Reduce x -> {
                Iteration head = iteration(x.iteration());
                yield new TExpr.Reduce(x.span(), x.type(), op(x.op()), expr(x.element()), head);
            }
            case TExpr.Scan x -> {
                Iteration head = iteration(x.iteration());
                yield new TExpr.Scan(x.span(), x.type(), op(x.op()), expr(x.element()), head);
            }
            case TExpr.ArrayComprehension x -> {
                Iteration head = iteration(x.iteration());
                yield new TExpr.ArrayComprehension(x.span(), x.type(), expr(x.element()), head);
            }
            case TExpr.Collective x ->
                new TExpr.Collective(x.span(), x.type(), x.kind(), optional(x.value()), x.op(), optional(x.root()), optional(x.team()));
            case TExpr.ChannelOp x -> new TExpr.ChannelOp(
                    x.span(), x.type(), x.kind(), expr(x.channel()), optional(x.message()), optional(x.peer()));
            case TExpr.RemoteRead x -> new TExpr.RemoteRead(x.span(), x.type(), expr(x.element()), expr(x.rank()), optional(x.add()));
            case TExpr.Spawn x -> new TExpr.Spawn(x.span(), x.type(), (TExpr.Call) expr(x.call()));
            case TExpr.Bad x -> x;
        };
    }

    /** Copies a statement. */
    protected TStmt statement(TStmt s) {
        return switch (s) {
            case TStmt.Declare x -> {
                TExpr value = expr(x.value());
                yield new TStmt.Declare(x.span(), variable(x.variable()), value);
            }
            case TStmt.DeclareTuple x -> {
                TExpr value = expr(x.value());
                yield new TStmt.DeclareTuple(x.span(), map(x.variables(), this::variable), value);
            }
            case TStmt.Assign x -> new TStmt.Assign(x.span(), place(x.place()), expr(x.value()));
            case TStmt.Update x -> new TStmt.Update(x.span(), place(x.place()), x.op(), expr(x.value()));
            case TStmt.MultiAssign x -> new TStmt.MultiAssign(x.span(), map(x.places(), this::place), exprs(x.values()));
            case TStmt.Swap x -> new TStmt.Swap(x.span(), place(x.left()), place(x.right()));
            case TStmt.Do x -> new TStmt.Do(x.span(), expr(x.expression()));
            case TStmt.Forall x -> {
                Iteration head = iteration(x.iteration());
                yield new TStmt.Forall(x.span(), x.head(), head,
                        map(x.reductions(), r -> new TStmt.Reduction(r.span(), op(r.op()), variable(r.variable()))),
                        block(x.body()));
            }
            case TStmt.For x -> {
                Iteration head = iteration(x.iteration());
                yield new TStmt.For(x.span(), head, block(x.body()));
            }
            case TStmt.While x -> new TStmt.While(x.span(), expr(x.condition()), block(x.body()));
            case TStmt.Checkpointed x -> new TStmt.Checkpointed(x.span(), expr(x.every()), statement(x.loop()));
            case TStmt.If x -> new TStmt.If(x.span(), expr(x.condition()), block(x.then()),
                    x.otherwise() == null ? null : block(x.otherwise()));
            case TStmt.On x -> new TStmt.On(x.span(), expr(x.team()), block(x.body()));
            case TStmt.Epoch x -> new TStmt.Epoch(x.span(), block(x.body()));
            case TStmt.Sync x -> new TStmt.Sync(x.span(), block(x.body()));
            case TStmt.RemoteStore x -> new TStmt.RemoteStore(x.span(), place(x.place()), expr(x.rank()), x.op(), expr(x.value()));
            case TStmt.Break x -> x;
            case TStmt.Continue x -> x;
            case TStmt.Return x -> new TStmt.Return(x.span(), optional(x.value()));
            case TStmt.Assert x -> new TStmt.Assert(x.span(), expr(x.condition()), optional(x.message()));
        };
    }

    protected TStmt.TBlock block(TStmt.TBlock b) {
        return new TStmt.TBlock(b.span(), map(b.statements(), this::statement));
    }

    protected Place place(Place p) {
        return switch (p) {
            case Place.Variable x -> new Place.Variable(x.span(), x.type(), variable(x.variable()));
            case Place.Element x -> new Place.Element(x.span(), x.type(), place(x.array()), exprs(x.subscripts()));
            case Place.Slice x -> new Place.Slice(x.span(), x.type(), place(x.array()), subs(x.subscripts()));
            case Place.Component x -> new Place.Component(x.span(), x.type(), place(x.value()), x.index(), x.name());
        };
    }

    /** Space, then indices, lets, filter: declarations come before what uses them. */
    protected Iteration iteration(Iteration it) {
        TExpr space = expr(it.space());
        List<Var> indices = map(it.indices(), this::variable);
        List<Iteration.Let> lets = map(it.lets(), l -> {
            TExpr value = expr(l.value());
            return new Iteration.Let(l.span(), map(l.variables(), this::variable), value);
        });
        Work work = new Work(it.work().kind(), optional(it.work().amount()), it.work().unit(), optional(it.work().threads()));
        return new Iteration(it.span(), it.parallel(), indices, space, lets, optional(it.filter()), work);
    }

    private ReduceOp op(ReduceOp op) {
        return switch (op) {
            case ReduceOp.Builtin b -> b;
            case ReduceOp.User u -> new ReduceOp.User(u.function(), expr(u.identity()));
        };
    }

    private List<TExpr> exprs(List<TExpr> list) {
        return map(list, this::expr);
    }

    private List<TExpr.TSub> subs(List<TExpr.TSub> list) {
        return map(list, s -> new TExpr.TSub(optional(s.index()), optional(s.range())));
    }

    private @Nullable TExpr optional(@Nullable TExpr e) {
        return e == null ? null : expr(e);
    }

    private static <A, B> List<B> map(List<A> list, Function<A, B> f) {
        List<B> out = new ArrayList<>(list.size());
        for (A a : list) {
            out.add(f.apply(a));
        }
        return List.copyOf(out);
    }
}
