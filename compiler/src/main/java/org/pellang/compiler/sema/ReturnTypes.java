package org.pellang.compiler.sema;

import java.util.List;
import java.util.function.UnaryOperator;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/** Changes the values of all {@code return} statements of a function: converts them to the result that was inferred from them, compares their extents. */
final class ReturnTypes {
    private final UnaryOperator<TExpr> change;

    ReturnTypes(UnaryOperator<TExpr> change) {
        this.change = change;
    }

    static ReturnTypes converted(Coercion coercion, Type result) {
        return new ReturnTypes(value -> result.isError() ? value : coercion.to(value, result, "the result"));
    }

    TStmt.TBlock block(TStmt.TBlock block) {
        List<TStmt> statements = block.statements().stream().map(this::statement).toList();
        return new TStmt.TBlock(block.span(), statements);
    }

    private TStmt statement(TStmt statement) {
        return switch (statement) {
            case TStmt.Return r -> {
                TExpr value = r.value();
                yield value == null || value.type().isError() ? r : new TStmt.Return(r.span(), change.apply(value));
            }
            case TStmt.If f -> {
                TStmt.TBlock otherwise = f.otherwise();
                yield new TStmt.If(f.span(), f.condition(), block(f.then()), otherwise == null ? null : block(otherwise));
            }
            case TStmt.For f -> new TStmt.For(f.span(), f.iteration(), block(f.body()));
            case TStmt.While w -> new TStmt.While(w.span(), w.condition(), block(w.body()));
            case TStmt.Checkpointed c -> new TStmt.Checkpointed(c.span(), c.every(), statement(c.loop()));
            case TStmt.Forall f -> new TStmt.Forall(f.span(), f.head(), f.iteration(), f.reductions(), block(f.body()));
            case TStmt.On o -> new TStmt.On(o.span(), o.team(), block(o.body()));
            case TStmt.Epoch e -> new TStmt.Epoch(e.span(), block(e.body()));
            case TStmt.Sync y -> new TStmt.Sync(y.span(), block(y.body()));
            case TStmt.RemoteStore r -> r;
            case TStmt.Declare d -> d;
            case TStmt.DeclareTuple d -> d;
            case TStmt.Assign a -> a;
            case TStmt.Update u -> u;
            case TStmt.MultiAssign m -> m;
            case TStmt.Swap w -> w;
            case TStmt.Do d -> d;
            case TStmt.Assert a -> a;
            case TStmt.Break b -> b;
            case TStmt.Continue c -> c;
        };
    }
}
