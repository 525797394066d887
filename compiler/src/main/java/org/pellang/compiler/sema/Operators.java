package org.pellang.compiler.sema;

import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Types of operators. */
final class Operators {
    private final Session s;

    Operators(Session session) {
        this.s = session;
    }

    TExpr unary(Expr.Unary e, Scope scope) {
        TExpr x = s.expressions.check(e.operand(), scope, null);
        Type t = x.type();
        if (t.isError()) {
            return Session.bad(e.span());
        }
        return switch (e.op()) {
            case NEGATE -> negate(e, x);
            case BIT_NOT -> t == Scalar.INT ? new TExpr.Unary(e.span(), t, TExpr.UnaryOp.BIT_NOT, x) : refuse(e, x, "an int");
            case NOT -> t == Scalar.BOOL ? new TExpr.Unary(e.span(), t, TExpr.UnaryOp.NOT, x) : refuse(e, x, "a bool");
        };
    }

    private TExpr negate(Expr.Unary e, TExpr x) {
        if (x instanceof TExpr.Constant c && c.value() instanceof Long v) {
            return new TExpr.Constant(e.span(), x.type(), -v);
        }
        if (x instanceof TExpr.Constant c && c.value() instanceof Double v) {
            return new TExpr.Constant(e.span(), x.type(), -v);
        }
        return x.type().isNumeric() || x.type().isVector()
                ? new TExpr.Unary(e.span(), x.type(), TExpr.UnaryOp.NEGATE, x)
                : refuse(e, x, "a number or vector");
    }

    private TExpr refuse(Expr.Unary e, TExpr x, String needs) {
        return s.bad(
                e.span(),
                Diagnostic.error("PEL0203", x.span(), "`" + e.op().text + "` needs " + needs + ", not " + Words.a(x.type()))
                        .under("this is " + Words.a(x.type())));
    }

    TExpr binary(Expr.Binary e, Scope scope) {
        boolean literalFirst = e.left() instanceof Expr.ArrayLiteral && !(e.right() instanceof Expr.ArrayLiteral);
        TExpr first = s.expressions.check(literalFirst ? e.right() : e.left(), scope, null);
        TExpr second = s.expressions.check(literalFirst ? e.left() : e.right(), scope, hint(e.op(), first.type()));
        TExpr l = literalFirst ? second : first;
        TExpr r = literalFirst ? first : second;
        return switch (e.op()) {
            case AND, OR -> logical(e, l, r);
            case EQ, NE, LT, LE, GT, GE -> compare(e, l, r, scope);
            case BIT_OR, BIT_XOR, BIT_AND, SHL, SHR, USHR, ADD, SUB, MUL, DIV, FLOOR_DIV, MOD, POW ->
                arithmetic(e.span(), e.opSpan(), TExpr.BinaryOp.valueOf(e.op().name()), l, r);
        };
    }

    /** What a literal that is compared with a value of type {@code t} is wanted to be: {@code [4]} beside a list is a list. */
    private static @Nullable Type hint(Expr.BinaryOp op, Type t) {
        boolean equality = op == Expr.BinaryOp.EQ || op == Expr.BinaryOp.NE;
        return equality && (t instanceof Type.ListOf || t instanceof Type.MapOf || t instanceof Type.Array || t instanceof Type.Tuple) ? t : null;
    }

    private TExpr logical(Expr.Binary e, TExpr l, TExpr r) {
        String what = "an operand of `" + e.op().text + "`";
        TExpr left = s.coercion.to(l, Scalar.BOOL, what);
        TExpr right = s.coercion.to(r, Scalar.BOOL, what);
        return left.type().isError() || right.type().isError()
                ? Session.bad(e.span())
                : new TExpr.Logical(e.span(), Scalar.BOOL, e.op() == Expr.BinaryOp.AND, left, right);
    }

    private TExpr compare(Expr.Binary e, TExpr l, TExpr r, Scope scope) {
        if (l.type().isError() || r.type().isError()) {
            return Session.bad(e.span());
        }
        TExpr.CompareOp op = TExpr.CompareOp.valueOf(e.op().name());
        Type t = joined(l, r);
        boolean equality = op == TExpr.CompareOp.EQ || op == TExpr.CompareOp.NE;
        if (t == null && equality && l.type() instanceof Type.Array a && r.type() instanceof Type.Array b && Coercion.alike(a, b)) {
            boolean rightMoves = !a.distribution().isLocal();
            TExpr left = rightMoves ? l : s.coercion.contents(l, b, "this side");
            TExpr right = rightMoves ? s.coercion.contents(r, a, "this side") : r;
            return new TExpr.Compare(e.span(), Scalar.BOOL, op, left, right);
        }
        if (t == null) {
            return s.bad(
                    e.span(),
                    Diagnostic.error("PEL0211", e.opSpan(), "cannot compare " + Words.a(l.type()) + " with " + Words.a(r.type()))
                            .label(l.span(), "this is " + Words.a(l.type()))
                            .label(r.span(), "this is " + Words.a(r.type())));
        }
        if (!(equality ? hasEquality(t) : OwnFunctions.isOrdered(t))) {
            Diagnostic d = Diagnostic.error(
                            "PEL0211", e.opSpan(), "`" + e.op().text + "` is not defined for " + Words.a(t))
                    .label(l.span(), "this is " + Words.a(l.type()));
            return s.bad(e.span(), t == Scalar.COMPLEX ? d.note("complex numbers have no order; compare `abs(..)`") : d);
        }
        TExpr left = s.coercion.to(l, t, "this side");
        TExpr right = s.coercion.to(r, t, "this side");
        return t instanceof Type.Tuple && !equality ? s.own.compare(e, left, right, scope) : new TExpr.Compare(e.span(), Scalar.BOOL, op, left, right);
    }

    private static boolean hasEquality(Type t) {
        return !(t.holdsFunction() || t.isHandle() || t == Scalar.VOID);
    }

    /** The type that both operands take, or null. */
    @Nullable Type joined(TExpr l, TExpr r) {
        if (l.type().equals(r.type())) {
            return l.type();
        }
        if (l.type() instanceof Type.MapOf a && r.type() instanceof Type.MapOf b && a.key().equals(b.key()) && a.value().equals(b.value())) {
            return a.distributed() ? b : a;
        }
        if (s.coercion.fit(l, r.type()) != null) {
            boolean both = s.coercion.fit(r, l.type()) != null;
            return both && Constants.isLiteral(r) && !Constants.isLiteral(l) ? l.type() : r.type();
        }
        if (s.coercion.fit(r, l.type()) != null) {
            return l.type();
        }
        boolean floats = s.coercion.fit(l, Scalar.FLOAT) != null && s.coercion.fit(r, Scalar.FLOAT) != null;
        return floats ? Scalar.FLOAT : null;
    }

    /** An arithmetic or bitwise operator; also for {@code op=}. */
    TExpr arithmetic(Span span, Span opSpan, TExpr.BinaryOp op, TExpr l, TExpr r) {
        if (l.type().isError() || r.type().isError()) {
            return Session.bad(span);
        }
        return switch (op) {
            case ADD, SUB, MUL -> number(span, opSpan, op, l, r);
            case DIV -> divide(span, opSpan, l, r);
            case FLOOR_DIV, MOD -> floor(span, opSpan, op, l, r);
            case POW -> power(span, opSpan, l, r);
            case SHL, SHR, USHR -> integers(span, opSpan, op, l, r);
            case BIT_AND, BIT_OR, BIT_XOR ->
                l.type() == Scalar.BOOL && r.type() == Scalar.BOOL
                        ? new TExpr.Binary(span, Scalar.BOOL, op, l, r)
                        : integers(span, opSpan, op, l, r);
            case MIN, MAX -> extremum(span, opSpan, op, l, r);
        };
    }

    private TExpr number(Span span, Span opSpan, TExpr.BinaryOp op, TExpr l, TExpr r) {
        if (op == TExpr.BinaryOp.ADD && l.type() == Scalar.STRING && r.type() == Scalar.STRING) {
            return new TExpr.Binary(span, Scalar.STRING, op, l, r);
        }
        if (l.type().isVector() || r.type().isVector()) {
            return vector(span, opSpan, op, l, r);
        }
        Type t = joined(l, r);
        return t != null && t.isNumeric() ? make(span, op, t, l, r) : refuse(span, opSpan, op, l, r);
    }

    private TExpr vector(Span span, Span opSpan, TExpr.BinaryOp op, TExpr l, TExpr r) {
        boolean same = l.type().equals(r.type());
        if (same && (op == TExpr.BinaryOp.ADD || op == TExpr.BinaryOp.SUB)) {
            return new TExpr.Binary(span, l.type(), op, l, r);
        }
        TExpr left = l.type().isVector() ? l : s.coercion.fit(l, Scalar.FLOAT);
        TExpr right = r.type().isVector() ? r : s.coercion.fit(r, Scalar.FLOAT);
        boolean scaled = op == TExpr.BinaryOp.MUL && l.type().isVector() != r.type().isVector()
                || op == TExpr.BinaryOp.DIV && l.type().isVector() && !r.type().isVector();
        if (!scaled || left == null || right == null) {
            return refuse(span, opSpan, op, l, r);
        }
        return new TExpr.Binary(span, l.type().isVector() ? l.type() : r.type(), op, left, right);
    }

    private TExpr divide(Span span, Span opSpan, TExpr l, TExpr r) {
        if (l.type().isVector()) {
            return vector(span, opSpan, TExpr.BinaryOp.DIV, l, r);
        }
        Type t = joined(l, r);
        if (t == null || !t.isNumeric()) {
            return refuse(span, opSpan, TExpr.BinaryOp.DIV, l, r);
        }
        if (r.type() == Scalar.INT && zero(r)) {
            return s.bad(span, byZero(opSpan, r));
        }
        return make(span, TExpr.BinaryOp.DIV, t == Scalar.INT ? Scalar.FLOAT : t, l, r);
    }

    private TExpr floor(Span span, Span opSpan, TExpr.BinaryOp op, TExpr l, TExpr r) {
        Type t = joined(l, r);
        if (t == null || !t.isNumeric() || t == Scalar.COMPLEX) {
            return refuse(span, opSpan, op, l, r);
        }
        return t == Scalar.INT && zero(r) ? s.bad(span, byZero(opSpan, r)) : make(span, op, t, l, r);
    }

    private boolean zero(TExpr e) {
        Long value = s.folding.intValue(e);
        return value != null && value == 0;
    }

    private static Diagnostic byZero(Span opSpan, TExpr divisor) {
        return Diagnostic.error("PEL0205", divisor.span(), "division by zero").under("this is 0").label(opSpan, "divided here");
    }

    private TExpr power(Span span, Span opSpan, TExpr l, TExpr r) {
        Type t = joined(l, r);
        if (t == null || !t.isNumeric()) {
            return refuse(span, opSpan, TExpr.BinaryOp.POW, l, r);
        }
        Long exponent = s.folding.intValue(r);
        if (t == Scalar.INT && exponent != null && exponent < 0) {
            return s.bad(
                    span,
                    Diagnostic.error("PEL0203", r.span(), "an int cannot be raised to a negative power")
                            .under("this is " + exponent)
                            .fix("calculate with floats", l.span(), "float(" + l.span().text() + ")"));
        }
        return make(span, TExpr.BinaryOp.POW, t, l, r);
    }

    private TExpr integers(Span span, Span opSpan, TExpr.BinaryOp op, TExpr l, TExpr r) {
        return l.type() == Scalar.INT && r.type() == Scalar.INT
                ? new TExpr.Binary(span, Scalar.INT, op, l, r)
                : refuse(span, opSpan, op, l, r);
    }

    private TExpr extremum(Span span, Span opSpan, TExpr.BinaryOp op, TExpr l, TExpr r) {
        Type t = joined(l, r);
        return t == null || !t.isNumeric() || t == Scalar.COMPLEX ? refuse(span, opSpan, op, l, r) : make(span, op, t, l, r);
    }

    private TExpr make(Span span, TExpr.BinaryOp op, Type t, TExpr l, TExpr r) {
        return new TExpr.Binary(
                span, t, op, s.coercion.to(l, t, "this operand"), s.coercion.to(r, t, "this operand"));
    }

    private static String symbol(TExpr.BinaryOp op) {
        return switch (op) {
            case MIN -> "min=";
            case MAX -> "max=";
            case ADD, SUB, MUL, DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR ->
                Expr.BinaryOp.valueOf(op.name()).text;
        };
    }

    private TExpr refuse(Span span, Span opSpan, TExpr.BinaryOp op, TExpr l, TExpr r) {
        String text = symbol(op);
        Diagnostic d = Diagnostic.error(
                        "PEL0203", opSpan, "`" + text + "` is not defined for " + Words.a(l.type()) + " and " + Words.a(r.type()))
                .label(l.span(), "this is " + Words.a(l.type()))
                .label(r.span(), "this is " + Words.a(r.type()));
        if (op == TExpr.BinaryOp.ADD && (l.type() == Scalar.STRING || r.type() == Scalar.STRING)) {
            TExpr other = l.type() == Scalar.STRING ? r : l;
            d = d.fix("show it as text", other.span(), "\"{" + other.span().text() + "}\"");
        } else if (l.type().isVector() && r.type().isVector()) {
            d = d.note("`dot(a, b)` is the inner product, `cross(a, b)` the outer one");
        } else if (l.type() instanceof Type.Array || r.type() instanceof Type.Array) {
            d = d.note("operators work on elements: `forall i in a.domain { .. }` or `[a[i] + b[i] forall i in a.domain]`");
        } else if (text.startsWith("<<") || text.startsWith(">>") || "&|^".contains(text)) {
            d = d.note("bitwise operators need ints");
        }
        return s.bad(span, d);
    }
}
