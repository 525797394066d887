package org.pellang.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** An expression as written. */
public sealed interface Expr {
    /** Where it stands. */
    Span span();

    /** A hole left by a syntax error that has been reported already. */
    record Missing(Span span) implements Expr {}

    record IntLiteral(Span span, long value) implements Expr {}

    record FloatLiteral(Span span, double value) implements Expr {}

    /** {@code 2.5i}. */
    record ImaginaryLiteral(Span span, double value) implements Expr {}

    record BoolLiteral(Span span, boolean value) implements Expr {}

    record StringLiteral(Span span, List<StringPart> parts) implements Expr {}

    /** {@code _} in an array type is a name too. */
    record Name(Span span, String name) implements Expr {}

    record Conditional(Span span, Expr condition, Expr then, Expr otherwise) implements Expr {}

    record Binary(Span span, BinaryOp op, Span opSpan, Expr left, Expr right) implements Expr {}

    record Unary(Span span, UnaryOp op, Expr operand) implements Expr {}

    /** {@code low..high}, {@code low..<high}, each with an optional {@code by step}; {@code D by 2} has no high. */
    record Range(Span span, Expr low, @Nullable Expr high, boolean open, @Nullable Expr step) implements Expr {}

    record Member(Span span, Expr object, String name, Span nameSpan) implements Expr {}

    record Subscript(Span span, Expr array, List<Sub> subs) implements Expr {}

    /** A call; {@code sum(x forall i in D)} has one argument, a {@link Comprehension}. */
    record Call(Span span, Expr callee, List<Argument> arguments) implements Expr {}

    /** {@code e for i in S let x = y if c}; stands as the only argument of a call or in brackets. */
    record Comprehension(
            Span span, Expr element, boolean parallel, Index index, Space space, List<LetClause> lets, @Nullable Expr filter)
            implements Expr {}

    /** {@code w[i]@r}. */
    record AtRank(Span span, Expr target, Expr rank) implements Expr {}

    record Tuple(Span span, List<Expr> elements) implements Expr {}

    /** {@code [a, b]}; {@code [f(i) for i in R]} has one element, a {@link Comprehension}. */
    record ArrayLiteral(Span span, List<Expr> elements) implements Expr {}

    /** {@code fn(x) = e}. */
    record Lambda(Span span, List<Param> params, Expr body) implements Expr {}

    record Spawn(Span span, Expr call) implements Expr {}

    /** {@code scan sum(x forall i in D)}. */
    record Scan(Span span, Expr call) implements Expr {}

    /** One subscript: {@code expr} null means {@code ..}, the whole axis. */
    record Sub(Span span, @Nullable Expr expr) {}

    record Argument(Span span, @Nullable String label, Expr value) {}

    /** Names of a loop, one or in parentheses. */
    record Index(Span span, List<Ident> names) {}

    record Ident(Span span, String name) {}

    record Space(Span span, Expr domain, @Nullable DistSyntax dist) {}

    /** {@code let x = e} or {@code let (x, y) = e} of a comprehension. */
    record LetClause(Span span, List<Ident> names, Expr value) {}

    /**
     * Part of a string: text, or an interpolated expression with its format specification: a text, or a string that is made of other values,
     * {@code "{x:{width}.{digits}f}"}.
     */
    sealed interface StringPart {
        record Text(String value) implements StringPart {}

        record Interpolated(Span span, Expr value, @Nullable String spec, @Nullable Span specSpan, @Nullable StringLiteral made) implements StringPart {}
    }

    enum UnaryOp {
        NEGATE("-"),
        BIT_NOT("~"),
        NOT("not");

        public final String text;

        UnaryOp(String text) {
            this.text = text;
        }
    }

    enum BinaryOp {
        OR("or"), AND("and"),
        EQ("=="), NE("!="), LT("<"), LE("<="), GT(">"), GE(">="),
        BIT_OR("|"), BIT_XOR("^"), BIT_AND("&"), SHL("<<"), SHR(">>"), USHR(">>>"),
        ADD("+"), SUB("-"), MUL("*"), DIV("/"), FLOOR_DIV("//"), MOD("%"), POW("**");

        public final String text;

        BinaryOp(String text) {
            this.text = text;
        }
    }
}
