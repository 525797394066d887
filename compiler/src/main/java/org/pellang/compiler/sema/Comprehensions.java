package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Reductions, scans and arrays by comprehension, and reductions of whole arrays. */
final class Comprehensions {
    private final Session s;

    Comprehensions(Session session) {
        this.s = session;
    }

    /** {@code sum(e forall i in D)}. */
    TExpr reduce(String name, Span at, Expr.Comprehension c, Span whole, Scope scope) {
        Scope inner = scope.child();
        Iteration it = iteration(c, scope, inner);
        TExpr element = s.expressions.value(c.element(), inner, null);
        if (s.reductions.placesText(name, element) && it.overDomain()) {
            return Iterations.isBad(it) ? Session.bad(whole) : s.own.place(at, whole, name, element, it, scope);
        }
        Reductions.Fitted f = single(s.reductions.fit(name, at, element, axes(it), scope), at);
        return f == null || Iterations.isBad(it)
                ? new TExpr.Bad(whole, f == null ? Scalar.ERROR : f.result())
                : reduced(f, it, name, whole, scope);
    }

    private TExpr reduced(Reductions.Fitted f, Iteration it, String name, Span whole, Scope scope) {
        TExpr value = new TExpr.Reduce(whole, f.result(), f.op(), f.element(), it);
        return f.texts() ? s.own.something(whole, name, value, scope) : value;
    }

    /** Arrays and maps reduce in a {@code reduce} clause and over ranks only, where their extents and keys are known. */
    private Reductions.@Nullable Fitted single(Reductions.@Nullable Fitted f, Span at) {
        if (f == null || !(f.op() instanceof ReduceOp.Builtin) || !holdsElements(f.result())) {
            return f;
        }
        s.report(Diagnostic.error("PEL0225", f.element().span(), "`" + at.text() + "` of a comprehension reduces single values, not " + Words.a(f.result()))
                .under("this is " + Words.a(f.result()))
                .label(at, "reduced here")
                .note("element by element it is a loop: `var total: [n] float` and `forall .. reduce " + at.text() + " total { total[k] += .. }`"));
        return null;
    }

    private static boolean holdsElements(Type t) {
        return t instanceof Type.Array || t instanceof Type.MapOf || t instanceof Type.Tuple x && x.elements().stream().anyMatch(Comprehensions::holdsElements);
    }

    /** {@code sum(a)} over all elements of an array, list or range. */
    TExpr reduceAll(String name, Span at, TExpr sequence, Span whole, Scope scope) {
        Whole given = whole(sequence);
        boolean places = s.reductions.placesText(name, given.element());
        Whole all = places && sequence.type() instanceof Type.ListOf l ? whole(s.arrayFunctions.asArray(sequence, l)) : given;
        if (places && all.iteration().overDomain()) {
            return s.own.place(at, whole, name, all.element(), all.iteration(), scope);
        }
        Reductions.Fitted f = single(s.reductions.fit(name, at, all.element(), axes(all.iteration()), scope), at);
        return f == null ? Session.bad(whole) : reduced(f, all.iteration(), name, whole, scope);
    }

    /** The elements of a sequence: how they are run through, and one of them. */
    private record Whole(Iteration iteration, TExpr element) {}

    private Whole whole(TExpr sequence) {
        Span span = sequence.span();
        Type t = sequence.type();
        if (!(t instanceof Type.Array a)) {
            Type element = t instanceof Type.ListOf l ? l.element().asValue() : Scalar.INT;
            Var x = s.newVar("x", Var.Kind.FOR_INDEX, element, span);
            Iteration it = new Iteration(span, false, List.of(x), sequence, List.of(), null);
            return new Whole(it, Names.read(x, span));
        }
        List<Var> indices = new ArrayList<>();
        List<TExpr> subscripts = new ArrayList<>();
        boolean parallel = !a.distribution().isLocal();
        for (int d = 0; d < a.axes(); d++) {
            Var.Kind kind = parallel ? Var.Kind.FORALL_INDEX : Var.Kind.FOR_INDEX;
            Var i = s.newVar("i" + d, kind, Scalar.INT, span);
            indices.add(i);
            subscripts.add(Names.read(i, span));
        }
        TExpr domain = s.arrayFunctions.domainOf(sequence, a);
        Iteration it = new Iteration(span, parallel, indices, domain, List.of(), null);
        TExpr element = new TExpr.Element(span, a.element().asValue(), sequence, subscripts);
        return new Whole(it, element);
    }

    /** {@code scan sum(e forall i in D)}. */
    TExpr scan(Expr.Scan e, Scope scope) {
        if (!(e.call() instanceof Expr.Call call && call.callee() instanceof Expr.Name op && call.arguments().size() == 1)) {
            s.expressions.check(e.call(), scope, null);
            return s.bad(e.span(), noReduction(e.span()));
        }
        if (!(call.arguments().getFirst().value() instanceof Expr.Comprehension c)) {
            return scanAll(e, op, call.arguments().getFirst().value(), scope);
        }
        Scope inner = scope.child();
        Iteration it = iteration(c, scope, inner);
        TExpr element = s.expressions.value(c.element(), inner, null);
        Reductions.Fitted f = single(s.reductions.fit(op.name(), op.span(), element, axes(it), scope), op.span());
        if (f == null || Iterations.isBad(it)) {
            return Session.bad(e.span());
        }
        boolean carries = f.accumulates();
        if (!carries || it.filter() != null || !it.overDomain()) {
            return s.bad(e.span(), !carries ? noRunning(op)
                    : Diagnostic.error("PEL0225", c.span(), "a scan runs over every index of a domain")
                            .note("instead of `if` give the identity: `scan sum(if c then x else 0.0 forall ..)`"));
        }
        return new TExpr.Scan(e.span(), over(it, f.result()), f.op(), f.element(), it);
    }

    private static Diagnostic noReduction(Span at) {
        return Diagnostic.error("PEL0225", at, "`scan` needs a reduction")
                .note("for instance `scan sum(a)` or `scan sum(a[i] forall i in D)`");
    }

    /** {@code scan sum(a)} over all elements of an array, list or range. */
    private TExpr scanAll(Expr.Scan e, Expr.Name op, Expr written, Scope scope) {
        TExpr x = s.expressions.value(written, scope, null);
        TExpr sequence = x.type() instanceof Type.ListOf l ? s.arrayFunctions.asArray(x, l) : x;
        if (sequence.type().isError()) {
            return Session.bad(e.span());
        }
        if (!(sequence.type() instanceof Type.Array) && !(sequence.type() instanceof Type.Domain d && d.axes() == 1)) {
            return s.bad(e.span(), noReduction(sequence.span()).under("this is " + Words.a(sequence.type())));
        }
        Whole all = whole(sequence);
        Iteration it = all.iteration();
        Reductions.Fitted f = single(s.reductions.fit(op.name(), op.span(), all.element(), axes(it), scope), op.span());
        if (f == null) {
            return Session.bad(e.span());
        }
        return f.accumulates()
                ? new TExpr.Scan(e.span(), over(it, f.result()), f.op(), f.element(), it)
                : s.bad(e.span(), noRunning(op));
    }

    private static Diagnostic noRunning(Expr.Name op) {
        return Diagnostic.error("PEL0225", op.span(), "`" + op.name() + "` has no running value");
    }

    /** {@code [e for i in R]}. */
    TExpr array(Expr.Comprehension c, Span whole, Scope scope, @Nullable Type expected) {
        Scope inner = scope.child();
        Iteration it = iteration(c, scope, inner);
        Type wanted = expected instanceof Type.Array a ? a.element() : expected instanceof Type.ListOf l ? l.element() : expected instanceof Type.MapOf m ? m.pair() : null;
        TExpr raw = s.expressions.value(c.element(), inner, wanted == null ? null : wanted.asValue());
        TExpr fitted = wanted == null ? null : s.coercion.fit(raw, wanted);
        TExpr element = fitted == null ? raw : fitted;
        Type t = fitted == null || wanted == null ? raw.type() : wanted;
        if (element.type().isError() || Iterations.isBad(it)) {
            return Session.bad(whole);
        }
        if (t instanceof Type.Array a && !a.distribution().isLocal() || t.holdsDomain() || t.isHandle() || t.holdsFunction()) {
            return s.bad(
                    whole,
                    Diagnostic.error("PEL0228", c.element().span(), "an array cannot have elements of type " + t)
                            .note("use a list: `var l: list [_] float` and `push(l, ..)`"));
        }
        return new TExpr.ArrayComprehension(whole, over(it, t), element, it);
    }

    private static Type.Array over(Iteration it, Type element) {
        if (it.filter() != null || !(it.space().type() instanceof Type.Domain d)) {
            return new Type.Array(element, 1, Distribution.LOCAL);
        }
        return new Type.Array(element, d.axes(), it.parallel() ? d.distribution() : Distribution.LOCAL);
    }

    private Iteration iteration(Expr.Comprehension c, Scope outer, Scope inner) {
        return s.iterations.head(
                c.span(), c.parallel(), c.index(), c.space().domain(), c.space().dist(), c.lets(), c.filter(), outer, inner);
    }

    private static int axes(Iteration it) {
        return it.space().type() instanceof Type.Domain d ? d.axes() : 1;
    }
}
