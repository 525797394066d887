package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** {@code a[i, j]}, {@code a[i, ..]}, {@code s[a..<b]}, {@code D[a..<b]}. */
final class Subscripts {
    private final Session s;

    Subscripts(Session session) {
        this.s = session;
    }

    TExpr subscript(Expr.Subscript e, Scope scope) {
        Shuffles.Written part = Shuffles.of(e);
        if (part != null && part.positions() instanceof Expr.Range) {
            return s.shuffles.array(part, scope);
        }
        TExpr array = s.expressions.value(e.array(), scope, null);
        if (array.type() instanceof Type.MapOf map) {
            TExpr key = s.maps.key(map, e, scope);
            return key == null ? new TExpr.Bad(e.span(), map.value().asValue()) : new TExpr.Element(e.span(), map.value().asValue(), array, List.of(key));
        }
        List<TExpr.TSub> subs = array.type().isError() ? none(e.subs(), scope) : subs(e.subs(), scope);
        if (subs == null) {
            return Session.bad(e.span());
        }
        if (array.type() instanceof Type.Tuple t) {
            Integer k = component(t, subs, e);
            return k == null ? Session.bad(e.span()) : new TExpr.Component(e.span(), t.elements().get(k).asValue(), array, k, String.valueOf(k));
        }
        Type result = result(array.type(), array.span(), subs, e);
        if (result.isError()) {
            return Session.bad(e.span());
        }
        s.bounds.check(e.array().span().text(), array.type(), array instanceof TExpr.Read r ? r.variable() : null, subs);
        return isElement(subs) && !(array.type() instanceof Type.Domain)
                ? new TExpr.Element(e.span(), result.asValue(), array, indices(subs))
                : new TExpr.Slice(e.span(), result, array, subs);
    }

    /** The component of a tuple that a constant subscript names; null after a report. */
    @Nullable Integer component(Type.Tuple t, List<TExpr.TSub> subs, Expr.Subscript e) {
        TExpr index = subs.size() == 1 ? subs.getFirst().index() : null;
        Long k = index == null ? null : s.folding.intValue(index);
        if (k != null && k >= 0 && k < t.elements().size()) {
            return k.intValue();
        }
        Span at = e.subs().getFirst().span();
        s.report(k == null
                ? Diagnostic.error("PEL0219", at, "the number of a component of a tuple must be a constant")
                        .label(e.array().span(), "this is " + Words.a(t))
                        .note("the components may have different types; take the tuple apart with `let (a, b) = t`, or use an array")
                : Diagnostic.error("PEL0601", at, "the subscript " + k + " is outside of the tuple")
                        .under("the components are 0 to " + (t.elements().size() - 1))
                        .label(e.array().span(), "this is " + Words.a(t)));
        return null;
    }

    /** Whether all subscripts are single indices. */
    static boolean isElement(List<TExpr.TSub> subs) {
        return subs.stream().allMatch(x -> x.index() != null);
    }

    static List<TExpr> indices(List<TExpr.TSub> subs) {
        List<TExpr> all = new ArrayList<>();
        for (TExpr.TSub sub : subs) {
            TExpr index = sub.index();
            if (index != null) {
                all.add(index);
            }
        }
        return all;
    }

    /** The subscripts, or null after an error. */
    @Nullable List<TExpr.TSub> subs(List<Expr.Sub> written, Scope scope) {
        List<TExpr.TSub> subs = new ArrayList<>();
        boolean bad = false;
        for (Expr.Sub sub : written) {
            Expr e = sub.expr();
            if (e == null) {
                subs.add(new TExpr.TSub(null, null));
                continue;
            }
            TExpr value = s.expressions.value(e, scope, Scalar.INT);
            if (value.type() instanceof Type.Domain d && d.axes() == 1) {
                subs.add(new TExpr.TSub(null, value));
                continue;
            }
            TExpr index = value.type() instanceof Type.Scalar
                    ? s.coercion.to(value, Scalar.INT, "a subscript")
                    : notIndex(value);
            bad |= index.type().isError();
            subs.add(new TExpr.TSub(index, null));
        }
        return bad ? null : subs;
    }

    /** Checks subscripts of something that has no type after an error: as an array or a map, whichever was meant. */
    @Nullable List<TExpr.TSub> none(List<Expr.Sub> written, Scope scope) {
        written.stream().map(Expr.Sub::expr).filter(Objects::nonNull).forEach(x -> s.expressions.value(x, scope, null));
        return null;
    }

    private TExpr notIndex(TExpr value) {
        return s.bad(
                value.span(),
                Diagnostic.error("PEL0201", value.span(), "a subscript is an int or a range, not " + Words.a(value.type()))
                        .under("this is " + Words.a(value.type())));
    }

    /** The declared type of what the subscripts select; ERROR after a report. */
    Type result(Type type, Span at, List<TExpr.TSub> subs, Expr.Subscript e) {
        return switch (type) {
            case Type.Array a -> array(a, at, subs, e);
            case Type.ListOf l -> one(l, l.element(), new Type.ListOf(l.element()), subs, e);
            case Type.Domain d -> domain(d, subs, e);
            case Type.Scalar t when t == Scalar.STRING -> one(t, t, t, subs, e);
            case Type.Scalar t when t == Scalar.ERROR -> t;
            case Type.Scalar t -> refuse(type, e);
            case Type.Tuple t -> refuse(type, e);
            case Type.Record r -> refuse(type, e);
            case Type.MapOf m -> refuse(type, e);
            case Type.Function f -> refuse(type, e);
            case Type.Channel c -> refuse(type, e);
            case Type.Future f -> refuse(type, e);
            case Type.Request r -> refuse(type, e);
            case Type.Team t -> refuse(type, e);
        };
    }

    private Type refuse(Type type, Expr.Subscript e) {
        Diagnostic d = Diagnostic.error("PEL0219", e.array().span(), Words.a(type) + " has no elements to select")
                .under("this is " + Words.a(type));
        s.report(d);
        return Scalar.ERROR;
    }

    private Type array(Type.Array a, Span at, List<TExpr.TSub> subs, Expr.Subscript e) {
        if (subs.size() != a.axes()) {
            Diagnostic d = Diagnostic.error(
                            "PEL0212", e.span(), "the array has " + Words.count(a.axes(), "axis") + ", the subscript names "
                                    + subs.size())
                    .under(Words.count(subs.size(), "subscript"))
                    .label(at, "this is " + Words.a(a));
            if (subs.size() < a.axes()) {
                String text = e.span().text();
                String more = text.substring(0, text.length() - 1) + ", ..".repeat(a.axes() - subs.size()) + "]";
                d = d.fix("select whole axes", e.span(), more);
            }
            s.report(d);
            return Scalar.ERROR;
        }
        int left = (int) subs.stream().filter(x -> x.index() == null).count();
        return left == 0 ? a.element() : new Type.Array(a.element(), left, Distribution.LOCAL);
    }

    private Type one(Type whole, Type element, Type slice, List<TExpr.TSub> subs, Expr.Subscript e) {
        if (subs.size() != 1) {
            s.report(Diagnostic.error("PEL0212", e.span(), Words.a(whole) + " takes one subscript, not " + subs.size()));
            return Scalar.ERROR;
        }
        return isElement(subs) ? element : slice;
    }

    private Type domain(Type.Domain d, List<TExpr.TSub> subs, Expr.Subscript e) {
        if (subs.size() != d.axes()) {
            s.report(Diagnostic.error("PEL0212", e.span(), "the domain has " + Words.count(d.axes(), "axis")
                            + ", the slice names " + subs.size()));
            return Scalar.ERROR;
        }
        for (TExpr.TSub sub : subs) {
            TExpr index = sub.index();
            if (index != null) {
                s.report(Diagnostic.error("PEL0212", index.span(), "a slice of a domain takes ranges")
                        .under("this is one index")
                        .fix("write a range", index.span(), index.span().text() + ".." + index.span().text()));
                return Scalar.ERROR;
            }
        }
        return d;
    }
}
