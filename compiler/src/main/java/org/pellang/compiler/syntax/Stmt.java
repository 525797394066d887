package org.pellang.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** A statement as written. */
public sealed interface Stmt extends Item {

    record Missing(Span span) implements Stmt {}

    record Config(Span span, Expr.Ident name, @Nullable TypeSyntax type, Expr value, @Nullable String doc) implements Stmt {}

    record DomainDecl(
            Span span, Expr.Ident name, List<Expr> axes, @Nullable DistSyntax dist, boolean periodic, @Nullable String doc)
            implements Stmt {}

    record ChannelDecl(Span span, Expr.Ident name, TypeSyntax message, @Nullable String doc) implements Stmt {}

    /**
     * {@code let}, {@code var}, {@code shared var}. {@code tuple}: the names stand in parentheses and take the value apart;
     * without, several names each get the type and value of their own.
     */
    record VarDecl(
            Span span,
            Kind kind,
            List<Expr.Ident> names,
            boolean tuple,
            @Nullable TypeSyntax type,
            @Nullable DistSyntax dist,
            @Nullable Expr value,
            @Nullable String doc)
            implements Stmt {
        public enum Kind {
            LET,
            VAR,
            SHARED
        }
    }

    record Forall(
            Span span,
            Span head,
            Expr.Index index,
            Expr.Space space,
            @Nullable Expr filter,
            List<Accumulator> reductions,
            @Nullable Expr unit,
            Block body)
            implements Stmt {}

    record Wavefront(
            Span span,
            Span head,
            Expr.Index index,
            Expr.Space space,
            @Nullable Expr filter,
            List<Accumulator> reductions,
            Block body)
            implements Stmt {}

    record For(Span span, Expr.Index index, Expr space, @Nullable Expr checkpoint, Block body) implements Stmt {}

    record While(Span span, Expr condition, @Nullable Expr checkpoint, Block body) implements Stmt {}

    /** {@code otherwise}: null, a block, or a block that holds one more {@code If}. */
    record If(Span span, Expr condition, Block then, @Nullable Block otherwise) implements Stmt {}

    record Sync(Span span, Block body) implements Stmt {}

    record Epoch(Span span, Block body) implements Stmt {}

    record On(Span span, Expr team, Block body) implements Stmt {}

    record Spawn(Span span, Expr call) implements Stmt {}

    record Assert(Span span, Expr condition, @Nullable Expr message) implements Stmt {}

    record Break(Span span) implements Stmt {}

    record Continue(Span span) implements Stmt {}

    record Return(Span span, @Nullable Expr value) implements Stmt {}

    /** {@code place op= value}; {@code op} is null for plain {@code =}. */
    record Assign(Span span, Expr place, @Nullable UpdateOp op, Span opSpan, Expr value) implements Stmt {}

    /** {@code a, b = b, a}. */
    record MultiAssign(Span span, List<Expr> places, List<Expr> values) implements Stmt {}

    record Swap(Span span, Expr left, Expr right) implements Stmt {}

    /** A call that stands as a statement. */
    record Call(Span span, Expr call) implements Stmt {}

    /** {@code reduce sum total}. */
    record Accumulator(Span span, Expr.Ident op, Expr.Ident variable) {}

    enum UpdateOp {
        ADD("+="), SUB("-="), MUL("*="), DIV("/="), FLOOR_DIV("//="), MOD("%="), POW("**="), SHL("<<="), SHR(">>="), USHR(">>>="),
        BIT_AND("&="), BIT_OR("|="), BIT_XOR("^="), MIN("min="), MAX("max="), REDUCE("reduce=");

        public final String text;

        UpdateOp(String text) {
            this.text = text;
        }
    }
}
