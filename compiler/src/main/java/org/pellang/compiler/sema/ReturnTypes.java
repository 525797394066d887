package org.pellang.compiler.sema;

import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;

/** Converts the values of all {@code return} statements to the result that was inferred from them. */
final class ReturnTypes {
    private final Coercion coercion;
    private final Type result;

    ReturnTypes(Coercion coercion, Type result) {
        this.coercion = coercion;
        this.result = result;
    }

    TStmt.TBlock block(TStmt.TBlock block) {
        List<TStmt> statements = block.statements().stream().map(this::statement).toList();
        return new TStmt.TBlock(block.span(), statements);
    }

    private TStmt statement(TStmt statement) {
        return switch (statement) {
            case TStmt.Return r -> {
                TExpr value = r.value();
                yield value == null || value.type().isError() || result.isError()
                        ? r
                        : new TStmt.Return(r.span(), coercion.to(value, result, "the result"));
            }
            case TStmt.If f -> {
                TStmt.TBlock otherwise = f.otherwise();
                yield new TStmt.If(f.span(), f.condition(), block(f.then()), otherwise == null ? null : block(otherwise));
            }
            case TStmt.For f -> new TStmt.For(f.span(), f.iteration(), block(f.body()));
            case TStmt.While w -> new TStmt.While(w.span(), w.condition(), block(w.body()));
            case TStmt.Checkpointed c -> new TStmt.Checkpointed(c.span(), c.every(), statement(c.loop()));
            case TStmt.Forall f -> new TStmt.Forall(f.span(), f.head(), f.iteration(), f.reductions(), block(f.body()));
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
