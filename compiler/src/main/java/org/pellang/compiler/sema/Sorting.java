package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.syntax.Expr;

/** {@code sort(a, by: f)} and its relatives, on lists and local arrays with one axis. */
final class Sorting {
    private static final Type INDICES = new Type.Array(Scalar.INT, 1, Distribution.LOCAL);

    private final Session s;

    Sorting(Session session) {
        this.s = session;
    }

    TExpr sorted(Expr.Call c, Scope scope) {
        return ordered(c, scope, "sorted", Intrinsic.SORTED);
    }

    TExpr argsort(Expr.Call c, Scope scope) {
        return ordered(c, scope, "argsort", Intrinsic.ARGSORT);
    }

    private static Arguments.Target target(String name) {
        return new Arguments.Target(name, List.of("a", "by"), List.of(false, true), name + "(a, by: fn)");
    }

    private TExpr ordered(Expr.Call c, Scope scope, String name, Intrinsic intrinsic) {
        var slots = s.arguments.match(target(name), c.arguments(), c.span());
        Expr.Argument first = slots == null ? null : slots.getFirst();
        boolean lists = intrinsic == Intrinsic.SORTED;
        boolean keyed = slots != null && slots.getLast() != null;
        TExpr x = first == null
                ? null
                : !lists ? s.arrayFunctions.arrayValue(first.value(), scope, name, true)
                : keyed ? s.arrayFunctions.line(first.value(), scope, name) : s.arrayFunctions.anyLine(first.value(), scope, name);
        if (slots == null || x == null) {
            return Session.bad(c.span());
        }
        if (x.type() instanceof Type.Array a && !a.distribution().isLocal()) {
            return spread(c, x, a);
        }
        List<TExpr> arguments = withKey(x, element(x.type()), slots.getLast(), scope);
        Type result = lists ? x.type() : INDICES;
        return arguments == null ? new TExpr.Bad(c.span(), result) : new TExpr.IntrinsicCall(c.span(), result, intrinsic, arguments);
    }

    /** The ranks sort a distributed array together, each holds its part of the result. */
    private TExpr spread(Expr.Call c, TExpr x, Type.Array type) {
        return withKey(x, type.element(), null, null) == null
                ? new TExpr.Bad(c.span(), type)
                : new TExpr.ExternCall(c.span(), type, new ExternFunction("sorted", "org.pellang.stdlib.Sorting", "sorted", List.of(type), type, true, false), List.of(x));
    }

    private static Type element(Type lineType) {
        return lineType instanceof Type.ListOf l ? l.element() : ((Type.Array) lineType).element();
    }

    TExpr sort(Expr.Call c, Scope scope) {
        var slots = s.arguments.match(target("sort"), c.arguments(), c.span());
        Expr.Argument first = slots == null ? null : slots.getFirst();
        Place place = first == null ? null : s.places.place(first.value(), scope);
        if (slots == null || place == null) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        boolean line = place.type() instanceof Type.ListOf
                || (place.type() instanceof Type.Array a && a.axes() == 1 && a.distribution().isLocal());
        if (!line) {
            Diagnostic d = Diagnostic.error("PEL0201", place.span(), "`sort` needs a list or a local array with one axis, not " + Words.a(place.type()));
            boolean spread = place.type() instanceof Type.Array a && a.axes() == 1 && slots.getLast() == null;
            return s.bad(c.span(), spread ? d.fix("the ranks sort it together by", c.span(), place.span().text() + " = sorted(" + place.span().text() + ")") : d);
        }
        List<TExpr> arguments = withKey(s.mutable.of(place, c, scope), element(place.type()), slots.getLast(), scope);
        return arguments == null
                ? new TExpr.Bad(c.span(), Scalar.VOID)
                : new TExpr.IntrinsicCall(c.span(), Scalar.VOID, Intrinsic.SORT, arguments);
    }

    private @Nullable List<TExpr> withKey(TExpr x, Type element, Expr.@Nullable Argument by, @Nullable Scope scope) {
        List<TExpr> arguments = new ArrayList<>();
        arguments.add(x);
        if (by == null || scope == null) {
            if (!isOrdered(element)) {
                s.report(Diagnostic.error("PEL0201", x.span(), "elements of type " + element + " have no order")
                        .note("say by what: `by: fn(x) = x.field`"));
                return null;
            }
            return arguments;
        }
        Type wanted = new Type.Function(List.of(element.asValue()), Scalar.ERROR);
        TExpr key = s.expressions.value(by.value(), scope, wanted);
        if (key.type().isError()) {
            return null;
        }
        boolean fits = key.type() instanceof Type.Function f
                && f.params().equals(List.of(element.asValue()))
                && isOrdered(f.result());
        if (!fits) {
            s.report(Diagnostic.error("PEL0201", by.value().span(), "`by` must be a function from " + element.asValue()
                            + " to something with an order")
                    .under("this is " + Words.a(key.type())));
            return null;
        }
        arguments.add(key);
        return arguments;
    }

    /** Whether values of the type can be sorted: numbers, strings, bools and tuples of them. */
    private static boolean isOrdered(Type t) {
        return (t.isNumeric() && t != Scalar.COMPLEX)
                || t == Scalar.STRING
                || t == Scalar.BOOL
                || (t instanceof Type.Tuple tuple && tuple.elements().stream().allMatch(Sorting::isOrdered));
    }

    TExpr merge(Expr.Call c, Scope scope) {
        List<Expr> args = s.arrayFunctions.arguments(c, scope, "merge", "parts");
        TExpr x = args == null ? Session.bad(c.span()) : s.expressions.value(args.getFirst(), scope, null);
        if (x.type().isError()) {
            return Session.bad(c.span());
        }
        return x.type() instanceof Type.ListOf l && l.element() instanceof Type.Array a && a.axes() == 1
                ? new TExpr.IntrinsicCall(c.span(), a, Intrinsic.MERGE, List.of(x))
                : s.bad(
                        c.span(),
                        Diagnostic.error("PEL0201", x.span(), "`merge` needs a list of sorted arrays, not " + Words.a(x.type()))
                                .under("this is " + Words.a(x.type())));
    }

    TExpr splitAt(Expr.Call c, Scope scope) {
        List<Expr> args = s.arrayFunctions.arguments(c, scope, "split_at", "a", "pivots");
        TExpr a = args == null ? null : s.arrayFunctions.arrayValue(args.getFirst(), scope, "split_at", true);
        TExpr p = args == null ? null : s.arrayFunctions.arrayValue(args.getLast(), scope, "split_at", true);
        if (a == null || p == null) {
            return Session.bad(c.span());
        }
        TExpr pivots = s.coercion.to(p, a.type(), "`pivots`");
        return pivots.type().isError()
                ? Session.bad(c.span())
                : new TExpr.IntrinsicCall(c.span(), new Type.ListOf(a.type()), Intrinsic.SPLIT_AT, List.of(a, pivots));
    }

    TExpr search(Expr.Call c, Scope scope) {
        List<Expr> args = s.arrayFunctions.arguments(c, scope, "search", "a", "x");
        TExpr a = args == null ? null : s.arrayFunctions.arrayValue(args.getFirst(), scope, "search", true);
        if (args == null || a == null || !(a.type() instanceof Type.Array array)) {
            return new TExpr.Bad(c.span(), Scalar.INT);
        }
        Type element = array.element().asValue();
        TExpr x = s.coercion.to(s.expressions.value(args.getLast(), scope, element), element, "`x`");
        return x.type().isError()
                ? new TExpr.Bad(c.span(), Scalar.INT)
                : new TExpr.IntrinsicCall(c.span(), Scalar.INT, Intrinsic.SEARCH, List.of(a, x));
    }
}
