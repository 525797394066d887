package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Types of expressions: dispatch and the simple ones. */
final class Expressions {
    private final Session s;

    Expressions(Session session) {
        this.s = session;
    }

    /** Types {@code e}; {@code expected} is the type wanted from outside, a help for literals, lambdas and {@code load}, no demand. */
    TExpr check(Expr e, Scope scope, @Nullable Type expected) {
        return switch (e) {
            case Expr.Missing m -> Session.bad(m.span());
            case Expr.IntLiteral i -> new TExpr.Constant(i.span(), Scalar.INT, i.value());
            case Expr.FloatLiteral f -> new TExpr.Constant(f.span(), Scalar.FLOAT, f.value());
            case Expr.ImaginaryLiteral i -> new TExpr.ComplexConstant(i.span(), Scalar.COMPLEX, 0.0, i.value());
            case Expr.BoolLiteral b -> new TExpr.Constant(b.span(), Scalar.BOOL, b.value());
            case Expr.StringLiteral t -> s.texts.literal(t, scope);
            case Expr.Name n -> s.names.value(n, scope, expected);
            case Expr.Conditional c -> conditional(c, scope, expected);
            case Expr.Binary b -> s.operators.binary(b, scope);
            case Expr.Unary u -> s.operators.unary(u, scope);
            case Expr.Range r -> s.domains.range(r, scope);
            case Expr.Member m -> s.members.member(m, scope);
            case Expr.Subscript u -> s.subscripts.subscript(u, scope);
            case Expr.Call c -> s.calls.call(c, scope, expected);
            case Expr.Comprehension c -> stray(c, scope);
            case Expr.AtRank a -> s.windows.get(a, scope);
            case Expr.Tuple t -> tuple(t, scope, expected);
            case Expr.ArrayLiteral a -> array(a, scope, expected);
            case Expr.Lambda l -> s.lambdas.lambda(l, scope, expected);
            case Expr.Spawn p -> s.tasks.spawn(p, scope);
            case Expr.Scan c -> s.comprehensions.scan(c, scope);
        };
    }

    /** A value: an expression that gives nothing is reported. */
    TExpr value(Expr e, Scope scope, @Nullable Type expected) {
        TExpr value = check(e, scope, expected);
        if (value.type() == Scalar.VOID) {
            return s.bad(
                    e.span(), Diagnostic.error("PEL0201", e.span(), "a value is needed here, and this gives none"));
        }
        return value;
    }

    /** A condition of {@code what}. */
    TExpr condition(Expr e, Scope scope, String what) {
        TExpr c = check(e, scope, Scalar.BOOL);
        if (c.type().isError() || c.type() == Scalar.BOOL) {
            return c;
        }
        Diagnostic d = Diagnostic.error("PEL0207", e.span(), "the condition of " + what + " must be a bool, not " + Words.a(c.type()))
                .under("this is " + Words.a(c.type()));
        return s.bad(
                e.span(),
                c.type().isNumeric() ? d.fix("compare with 0", e.span(), e.span().text() + " != 0") : d);
    }

    private TExpr conditional(Expr.Conditional e, Scope scope, @Nullable Type expected) {
        TExpr c = condition(e.condition(), scope, "`if`");
        TExpr then = value(e.then(), scope, expected);
        TExpr otherwise = value(e.otherwise(), scope, expected);
        if (then.type().isError() || otherwise.type().isError()) {
            return new TExpr.Bad(e.span(), then.type().isError() ? otherwise.type() : then.type());
        }
        Type t = s.operators.joined(then, otherwise);
        if (t == null) {
            return s.bad(
                    e.span(),
                    Diagnostic.error("PEL0201", e.otherwise().span(), "both branches must have one type: " + then.type() + " and "
                                    + otherwise.type() + " have none in common")
                            .under("this is " + Words.a(otherwise.type()))
                            .label(e.then().span(), "this is " + Words.a(then.type())));
        }
        if (c.type().isError()) {
            return Session.bad(e.span());
        }
        return new TExpr.Conditional(
                e.span(), t, c, s.coercion.to(then, t, "a branch"), s.coercion.to(otherwise, t, "a branch"));
    }

    private TExpr tuple(Expr.Tuple e, Scope scope, @Nullable Type expected) {
        List<TExpr> elements = new ArrayList<>();
        boolean bad = false;
        for (int i = 0; i < e.elements().size(); i++) {
            Type wanted = expected instanceof Type.Tuple t && i < t.elements().size() ? t.elements().get(i) : null;
            TExpr element = value(e.elements().get(i), scope, wanted);
            bad |= element.type().isError();
            elements.add(element);
        }
        return bad
                ? Session.bad(e.span())
                : new TExpr.TupleNew(
                        e.span(), new Type.Tuple(elements.stream().map(TExpr::type).toList()), elements);
    }

    private TExpr array(Expr.ArrayLiteral e, Scope scope, @Nullable Type expected) {
        if (e.elements().size() == 1 && e.elements().getFirst() instanceof Expr.Comprehension c) {
            return s.comprehensions.array(c, e.span(), scope, expected);
        }
        if (e.elements().stream().anyMatch(x -> s.iterations.isIndexSet(x, scope))) {
            return s.domains.space(e.elements(), e.span(), null, false, scope);
        }
        List<Expr> written = expected instanceof Type.Array a && a.axes() > 1 ? flat(e.elements(), a.axes()) : e.elements();
        Type wanted = expected instanceof Type.ListOf l ? l.element() : expected instanceof Type.Array a ? a.element()
                : expected instanceof Type.MapOf m ? m.pair() : null;
        List<TExpr> elements = new ArrayList<>();
        for (Expr x : written) {
            elements.add(value(x, scope, wanted == null ? null : wanted.asValue()));
        }
        if (elements.stream().anyMatch(x -> x.type().isError())) {
            return Session.bad(e.span());
        }
        if (elements.isEmpty() && wanted == null) {
            return s.bad(
                    e.span(),
                    Diagnostic.error("PEL0221", e.span(), "the element type of `[]` is not known")
                            .note("write the type: `var l: list int = []`, or `var a: [n] float` for an array of zeros"));
        }
        Type element = wanted != null && elements.stream().allMatch(x -> s.coercion.fit(x, wanted) != null)
                ? wanted
                : common(elements);
        if (element.isError()) {
            return Session.bad(e.span());
        }
        if (element.holdsDomain()) {
            return s.bad(e.span(), Diagnostic.error("PEL0228", elements.getFirst().span(), "an array cannot have elements of type " + element)
                    .under("this is " + Words.a(element))
                    .note("keep the bounds instead: `[(0, n), (1, m)]`"));
        }
        List<TExpr> fitted = elements.stream().map(x -> s.coercion.to(x, element, "an element")).toList();
        if (expected instanceof Type.MapOf m && element.equals(wanted)) {
            TExpr pairs = fitted.isEmpty() ? null : new TExpr.ArrayNew(e.span(), new Type.Array(element, 1, Distribution.LOCAL), fitted, null);
            return new TExpr.MapNew(e.span(), m, pairs);
        }
        boolean arrays = expected instanceof Type.Array a && a.element() instanceof Type.Array;
        if (expected instanceof Type.ListOf || element instanceof Type.Array && !arrays || element.isHandle() || element.holdsFunction()) {
            return new TExpr.ListNew(e.span(), new Type.ListOf(element), fitted);
        }
        List<TExpr> extents = written != e.elements() && expected instanceof Type.Array a ? extents(e, a.axes()) : null;
        if (extents != null) {
            return new TExpr.ArrayNew(e.span(), new Type.Array(element, extents.size(), Distribution.LOCAL), fitted, extents);
        }
        return new TExpr.ArrayNew(e.span(), new Type.Array(element, 1, Distribution.LOCAL), fitted, null);
    }

    /** The extents of rows in rows; null if they are not as deep as there are axes. */
    private static @Nullable List<TExpr> extents(Expr.ArrayLiteral e, int axes) {
        List<TExpr> extents = new ArrayList<>();
        Expr at = e;
        for (int d = 0; d < axes; d++) {
            if (!(at instanceof Expr.ArrayLiteral rows) || rows.elements().isEmpty()) {
                return null;
            }
            extents.add(new TExpr.Constant(e.span(), Scalar.INT, (long) rows.elements().size()));
            at = rows.elements().getFirst();
        }
        return extents;
    }

    /** {@code [[a, b], [c, d]]} where an array with several axes is wanted: the elements in row-major order. */
    private static List<Expr> flat(List<Expr> elements, int axes) {
        boolean rows = axes > 1
                && elements.stream().allMatch(x -> x instanceof Expr.ArrayLiteral a
                        && a.elements().size() == ((Expr.ArrayLiteral) elements.getFirst()).elements().size()
                        && a.elements().stream().noneMatch(Expr.Comprehension.class::isInstance));
        return rows
                ? elements.stream()
                        .flatMap(x -> flat(((Expr.ArrayLiteral) x).elements(), axes - 1).stream())
                        .toList()
                : elements;
    }

    /** The one type of all elements; reports if there is none. */
    private Type common(List<TExpr> elements) {
        TExpr first = elements.getFirst();
        for (TExpr x : elements) {
            Type t = s.operators.joined(first, x);
            if (t == null) {
                s.report(Diagnostic.error("PEL0201", x.span(), "the elements of an array have one type: " + first.type() + " and "
                                + x.type() + " have none in common")
                        .under("this is " + Words.a(x.type()))
                        .label(first.span(), "this is " + Words.a(first.type())));
                return Scalar.ERROR;
            }
            first = t.equals(first.type()) ? first : x;
        }
        return first.type();
    }

    private TExpr stray(Expr.Comprehension c, Scope scope) {
        s.comprehensions.array(c, c.span(), scope, null);
        return s.bad(
                c.span(),
                Diagnostic.error("PEL0225", c.span(), "a comprehension stands in a reduction or in brackets")
                        .note("for instance `sum(x[i] for i in D)` or `[f(i) for i in 0..<n]`"));
    }
}
