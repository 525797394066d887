package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Polymorphic functions of arrays, lists, domains and strings. */
final class ArrayFunctions {
    private final Session s;

    ArrayFunctions(Session session) {
        this.s = session;
    }

    /** {@code a.domain}. */
    TExpr domainOf(TExpr array, Type.Array a) {
        return new TExpr.IntrinsicCall(
                array.span(), new Type.Domain(a.axes(), a.distribution()), Intrinsic.DOMAIN_OF, List.of(array));
    }

    TExpr call(String name, Span at, Expr.Call c, Scope scope, @Nullable Type expected) {
        return switch (name) {
            case "len" -> len(c, scope);
            case "copy" -> copy(c, scope);
            case "replicate" -> replicate(c, scope);
            case "fill" -> fill(c, scope);
            case "save" -> file(name, c, scope, Intrinsic.SAVE);
            case "plot_image" -> file(name, c, scope, Intrinsic.PLOT_IMAGE);
            case "plot_line" -> plotLine(c, scope);
            case "load" -> load(c, scope, expected);
            case "push" -> push(c, scope);
            case "pop" -> pop(c, scope);
            case "zip" -> zip(c, scope);
            case "enumerate" -> enumerate(c, scope);
            case "reversed" -> line(name, c, scope, Intrinsic.REVERSED);
            case "distinct" -> line(name, c, scope, Intrinsic.DISTINCT);
            case "sorted" -> s.sorting.sorted(c, scope);
            case "argsort" -> s.sorting.argsort(c, scope);
            case "sort" -> s.sorting.sort(c, scope);
            case "merge" -> s.sorting.merge(c, scope);
            case "split_at" -> s.sorting.splitAt(c, scope);
            case "search" -> s.sorting.search(c, scope);
            case "unique" -> unique(c, scope);
            default -> notFunction(at, c, scope);
        };
    }

    private TExpr notFunction(Span at, Expr.Call c, Scope scope) {
        s.arguments.checkAll(c.arguments(), scope);
        return s.bad(c.span(), Diagnostic.error("PEL0208", at, "`" + at.text() + "` cannot be called"));
    }

    /** The arguments in order, or null after a report. */
    @Nullable List<Expr> arguments(Expr.Call c, Scope scope, String name, String... params) {
        String signature = name + "(" + String.join(", ", params) + ")";
        var slots = s.arguments.match(Arguments.Target.of(name, signature, params), c.arguments(), c.span());
        if (slots == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return null;
        }
        List<Expr> all = new ArrayList<>();
        for (Expr.Argument a : slots) {
            if (a != null) {
                all.add(a.value());
            }
        }
        return all;
    }

    /** An array, if {@code line} a local one with one axis; null after a report. */
    @Nullable TExpr arrayValue(Expr e, Scope scope, String name, boolean line) {
        return array(s.expressions.value(e, scope, null), name, line);
    }

    /** A list, or a local array with one axis; null after a report. */
    @Nullable TExpr line(Expr e, Scope scope, String name) {
        TExpr x = s.expressions.value(e, scope, null);
        return x.type() instanceof Type.ListOf ? x : array(x, name, true);
    }

    /** A list, or an array with one axis, local or distributed; null after a report. */
    @Nullable TExpr anyLine(Expr e, Scope scope, String name) {
        TExpr x = s.expressions.value(e, scope, null);
        boolean fits = x.type() instanceof Type.ListOf || (x.type() instanceof Type.Array a && a.axes() == 1);
        return fits ? x : array(x, name, true);
    }

    /** The elements of a list as an array. */
    TExpr asArray(TExpr list, Type.ListOf l) {
        Var x = s.newVar("x", Var.Kind.FOR_INDEX, l.element().asValue(), list.span());
        Iteration it = new Iteration(list.span(), false, List.of(x), list, List.of(), null);
        return new TExpr.ArrayComprehension(list.span(), new Type.Array(l.element().asValue(), 1, Distribution.LOCAL), Names.read(x, list.span()), it);
    }

    /** Whether an array can hold the elements of a list. */
    static boolean fitsArray(Type.ListOf l) {
        return !(l.element().isHandle() || l.element().holdsFunction());
    }

    private @Nullable TExpr array(TExpr x, String name, boolean line) {
        if (x.type().isError()) {
            return null;
        }
        if (line && x.type() instanceof Type.ListOf l && fitsArray(l)) {
            return asArray(x, l);
        }
        if (!(x.type() instanceof Type.Array a)) {
            s.report(Diagnostic.error("PEL0201", x.span(), "`" + name + "` needs an array, not " + Words.a(x.type()))
                    .under("this is " + Words.a(x.type())));
            return null;
        }
        if (line && a.axes() == 1 && !a.distribution().isLocal() && (name.equals("enumerate") || name.equals("zip"))) {
            return new TExpr.IntrinsicCall(x.span(), new Type.Array(a.element(), 1, Distribution.LOCAL), Intrinsic.REPLICATE, List.of(x));
        }
        if (line && (a.axes() != 1 || !a.distribution().isLocal())) {
            Diagnostic d = Diagnostic.error("PEL0201", x.span(), "`" + name + "` needs a local array with one axis, not " + Words.a(a))
                    .under("this is " + Words.a(a));
            s.report(a.axes() == 1 ? d.fix("give every rank all of it", x.span(), "replicate(" + x.span().text() + ")") : d);
            return null;
        }
        return x;
    }

    private TExpr len(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "len", "x");
        TExpr x = args == null ? Session.bad(c.span()) : s.expressions.value(args.getFirst(), scope, null);
        boolean counts = x.type() instanceof Type.Array
                || x.type() instanceof Type.ListOf
                || x.type() instanceof Type.MapOf
                || x.type() instanceof Type.Domain
                || x.type() == Scalar.STRING;
        if (!counts && !x.type().isError()) {
            s.report(Diagnostic.error("PEL0201", x.span(), Words.a(x.type()) + " has no length").under("this is " + Words.a(x.type())));
        }
        return counts
                ? new TExpr.IntrinsicCall(c.span(), Scalar.INT, Intrinsic.LEN, List.of(x))
                : new TExpr.Bad(c.span(), Scalar.INT);
    }

    private TExpr copy(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "copy", "a");
        TExpr x = args == null ? null : s.expressions.value(args.getFirst(), scope, null);
        x = x == null || x.type() instanceof Type.ListOf || x.type() instanceof Type.MapOf ? x : array(x, "copy", false);
        return x == null ? Session.bad(c.span()) : new TExpr.IntrinsicCall(c.span(), x.type(), Intrinsic.COPY, List.of(x));
    }

    private TExpr line(String name, Expr.Call c, Scope scope, Intrinsic intrinsic) {
        List<Expr> args = arguments(c, scope, name, "a");
        TExpr x = args == null ? null : line(args.getFirst(), scope, name);
        return x == null ? Session.bad(c.span()) : new TExpr.IntrinsicCall(c.span(), x.type(), intrinsic, List.of(x));
    }

    private TExpr replicate(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "replicate", "a");
        TExpr x = args == null ? null : s.expressions.value(args.getFirst(), scope, null);
        if (x != null && x.type() instanceof Type.MapOf m) {
            return new TExpr.MapNew(c.span(), new Type.MapOf(m.key(), m.value(), false), x);
        }
        x = x == null ? null : array(x, "replicate", false);
        if (x == null || !(x.type() instanceof Type.Array a)) {
            return Session.bad(c.span());
        }
        Distribution local = new Distribution(List.of(), a.distribution().periodic());
        Type t = new Type.Array(a.element(), a.axes(), local.periodic() ? local : Distribution.LOCAL);
        return new TExpr.IntrinsicCall(c.span(), t, Intrinsic.REPLICATE, List.of(x));
    }

    private TExpr fill(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "fill", "a", "value");
        if (args == null) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        Place place = s.places.place(args.getFirst(), scope);
        if (place == null || !(place.type() instanceof Type.Array a)) {
            if (place != null) {
                s.report(Diagnostic.error("PEL0201", place.span(), "`fill` needs an array, not " + Words.a(place.type())));
            }
            s.expressions.value(args.getLast(), scope, null);
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        TExpr value = s.coercion.to(
                s.expressions.value(args.getLast(), scope, a.element().asValue()), a.element(), "an element");
        return new TExpr.IntrinsicCall(c.span(), Scalar.VOID, Intrinsic.FILL, List.of(s.mutable.of(place, c, scope), value));
    }

    private TExpr path(Expr e, Scope scope) {
        return s.coercion.to(s.expressions.value(e, scope, Scalar.STRING), Scalar.STRING, "the path");
    }

    private TExpr file(String name, Expr.Call c, Scope scope, Intrinsic intrinsic) {
        List<Expr> args = arguments(c, scope, name, "path", "a");
        if (args == null) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        TExpr path = path(args.getFirst(), scope);
        TExpr x = arrayValue(args.getLast(), scope, name, false);
        if (x == null || path.type().isError()) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        if (intrinsic == Intrinsic.PLOT_IMAGE && x.type() instanceof Type.Array a && (a.axes() != 2 || !a.element().isNumeric())) {
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0201", x.span(), "`plot_image` shows an array of numbers with two axes, not " + Words.a(a)));
        }
        return new TExpr.IntrinsicCall(c.span(), Scalar.VOID, intrinsic, List.of(path, x));
    }

    private TExpr plotLine(Expr.Call c, Scope scope) {
        boolean pair = c.arguments().size() > 2;
        List<Expr> args = pair ? arguments(c, scope, "plot_line", "path", "x", "y") : arguments(c, scope, "plot_line", "path", "y");
        if (args == null) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        List<TExpr> all = new ArrayList<>();
        all.add(path(args.getFirst(), scope));
        for (Expr e : args.subList(1, args.size())) {
            TExpr a = arrayValue(e, scope, "plot_line", false);
            all.add(a == null ? Session.bad(e.span()) : a);
        }
        return all.stream().anyMatch(x -> x.type().isError())
                ? new TExpr.Bad(c.span(), Scalar.VOID)
                : new TExpr.IntrinsicCall(c.span(), Scalar.VOID, Intrinsic.PLOT_LINE, all);
    }

    private TExpr load(Expr.Call c, Scope scope, @Nullable Type expected) {
        List<Expr> args = arguments(c, scope, "load", "path");
        TExpr path = args == null ? Session.bad(c.span()) : path(args.getFirst(), scope);
        if (expected instanceof Type.Array && !path.type().isError()) {
            return new TExpr.IntrinsicCall(c.span(), expected, Intrinsic.LOAD, List.of(path));
        }
        return path.type().isError() || (expected != null && expected.isError())
                ? Session.bad(c.span())
                : s.bad(
                        c.span(),
                        Diagnostic.error("PEL0221", c.span(), "the type of what `load` gives must be written")
                                .note("for instance `let x: [_, _] float dist (block, *) = load(\"x.npy\")`"));
    }

    private TExpr push(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "push", "list", "x");
        Place place = args == null ? null : s.places.place(args.getFirst(), scope);
        if (args == null || place == null) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        if (!(place.type() instanceof Type.ListOf l)) {
            return s.bad(
                    c.span(), Diagnostic.error("PEL0201", place.span(), "`push` needs a list, not " + Words.a(place.type())));
        }
        TExpr x = s.coercion.to(s.expressions.value(args.getLast(), scope, l.element().asValue()), l.element(), "an element");
        return new TExpr.IntrinsicCall(c.span(), Scalar.VOID, Intrinsic.PUSH, List.of(s.mutable.of(place, c, scope), x));
    }

    private TExpr pop(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "pop", "list");
        Place place = args == null ? null : s.places.place(args.getFirst(), scope);
        if (place == null) {
            return Session.bad(c.span());
        }
        return place.type() instanceof Type.ListOf l
                ? new TExpr.IntrinsicCall(c.span(), l.element().asValue(), Intrinsic.POP, List.of(s.mutable.of(place, c, scope)))
                : s.bad(c.span(), Diagnostic.error("PEL0201", place.span(), "`pop` needs a list, not " + Words.a(place.type())));
    }

    private TExpr zip(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "zip", "a", "b");
        TExpr a = args == null ? null : arrayValue(args.getFirst(), scope, "zip", true);
        TExpr b = args == null ? null : arrayValue(args.getLast(), scope, "zip", true);
        if (a == null || b == null || !(a.type() instanceof Type.Array x) || !(b.type() instanceof Type.Array y)) {
            return Session.bad(c.span());
        }
        Type pair = new Type.Tuple(List.of(x.element().asValue(), y.element().asValue()));
        return new TExpr.IntrinsicCall(c.span(), new Type.Array(pair, 1, Distribution.LOCAL), Intrinsic.ZIP, List.of(a, b));
    }

    private TExpr enumerate(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "enumerate", "a");
        TExpr a = args == null ? null : arrayValue(args.getFirst(), scope, "enumerate", true);
        if (a == null || !(a.type() instanceof Type.Array x)) {
            return Session.bad(c.span());
        }
        Type pair = new Type.Tuple(List.of(Scalar.INT, x.element().asValue()));
        return new TExpr.IntrinsicCall(c.span(), new Type.Array(pair, 1, Distribution.LOCAL), Intrinsic.ENUMERATE, List.of(a));
    }

    private TExpr unique(Expr.Call c, Scope scope) {
        List<Expr> args = arguments(c, scope, "unique", "i");
        TExpr i = args == null ? Session.bad(c.span()) : s.domains.index(args.getFirst(), scope, "a subscript");
        return i.type().isError()
                ? new TExpr.Bad(c.span(), Scalar.INT)
                : new TExpr.IntrinsicCall(c.span(), Scalar.INT, Intrinsic.UNIQUE, List.of(i));
    }

    /** {@code D.inner(k)}, {@code D.from(i, j)}, {@code D.axis(d)}. */
    TExpr ofDomain(TExpr domain, Type.Domain d, Expr.Member m, Expr.Call c, Scope scope) {
        List<TExpr> ints = new ArrayList<>();
        ints.add(domain);
        c.arguments().forEach(a -> ints.add(s.domains.index(a.value(), scope, "an argument of `" + m.name() + "`")));
        boolean bad = ints.stream().anyMatch(x -> x.type().isError());
        int given = c.arguments().size();
        switch (m.name()) {
            case "inner", "from", "axis" -> {
                int wanted = m.name().equals("from") ? d.axes() : 1;
                if (given != wanted) {
                    return s.bad(
                            c.span(),
                            Diagnostic.error("PEL0209", c.span(), "`" + m.name() + "` takes " + Words.count(wanted, "argument") + " here, not " + given)
                                    .label(domain.span(), "this is " + Words.a(d)));
                }
                return bad ? Session.bad(c.span()) : derived(domain, d, m, c, ints);
            }
            case "shuffled" -> {
                Shuffles.Written written = Shuffles.of(c);
                return written == null ? Session.bad(c.span()) : s.shuffles.array(written, scope);
            }
            default -> {
                return s.bad(c.span(), Members.unknown(d, m));
            }
        }
    }

    private TExpr derived(TExpr domain, Type.Domain d, Expr.Member m, Expr.Call c, List<TExpr> all) {
        if (!m.name().equals("axis")) {
            return new TExpr.IntrinsicCall(c.span(), d, m.name().equals("inner") ? Intrinsic.INNER : Intrinsic.FROM, all);
        }
        Long axis = s.folding.intValue(all.getLast());
        if (axis == null || axis < 0 || axis >= d.axes()) {
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0224", all.getLast().span(), "the number of an axis is a constant from 0 to " + (d.axes() - 1)));
        }
        return new TExpr.IntrinsicCall(
                c.span(), Domains.axisType(d.distribution(), axis.intValue()), Intrinsic.AXIS, all);
    }
}
