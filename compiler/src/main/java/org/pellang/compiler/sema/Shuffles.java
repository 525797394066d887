package org.pellang.compiler.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/**
 * {@code D.shuffled(seed)} and {@code D.shuffled(seed)[a..<b]}: the indices of D in a random order, or those at some positions of it. A divided loop over them
 * runs where D's indices are, with a filter; anywhere else they are an array.
 */
final class Shuffles {
    private static final Type INDICES = new Type.Array(Scalar.INT, 1, Distribution.LOCAL);

    private final Session s;

    Shuffles(Session session) {
        this.s = session;
    }

    /** As written. {@code positions} is null for all. */
    record Written(Span span, Expr domain, Expr.Call call, @Nullable Expr positions) {}

    /** With types. */
    record Typed(TExpr domain, TExpr seed, @Nullable TExpr from, @Nullable TExpr end) {
        private List<TExpr> bounds(Span at) {
            return List.of(
                    from == null ? new TExpr.Constant(at, Scalar.INT, 0L) : from,
                    end == null ? new TExpr.Constant(at, Scalar.INT, Long.MAX_VALUE) : end);
        }
    }

    /** The parts if the expression is one, else null. */
    static @Nullable Written of(Expr e) {
        if (e instanceof Expr.Subscript x && x.subs().size() == 1 && of(x.array()) instanceof Written w && w.positions() == null) {
            Expr positions = x.subs().getFirst().expr();
            return new Written(e.span(), w.domain(), w.call(), positions);
        }
        return e instanceof Expr.Call c && c.callee() instanceof Expr.Member m && m.name().equals("shuffled")
                ? new Written(e.span(), m.object(), c, null)
                : null;
    }

    /** The typed parts; null after an error. */
    @Nullable Typed typed(Written w, Scope scope) {
        TExpr domain = s.expressions.value(w.domain(), scope, null);
        if (domain.type().isError()) {
            return null;
        }
        if (!(domain.type() instanceof Type.Domain d) || d.axes() != 1) {
            s.report(Diagnostic.error("PEL0201", domain.span(), "`shuffled` takes a domain with one axis")
                    .under("this is " + Words.a(domain.type()))
                    .note("of a domain with several axes shuffle one, `D.axis(0).shuffled(seed)`"));
            return null;
        }
        boolean one = w.call().arguments().size() == 1
                && (w.call().arguments().getFirst().label() == null || "seed".equals(w.call().arguments().getFirst().label()));
        if (!one) {
            s.report(Diagnostic.error("PEL0209", w.call().span(), "`shuffled` takes one argument, the seed"));
            return null;
        }
        TExpr seed = s.domains.index(w.call().arguments().getFirst().value(), scope, "the seed");
        if (seed.type().isError()) {
            return null;
        }
        return w.positions() == null ? new Typed(domain, seed, null, null) : part(w.positions(), domain, seed, scope);
    }

    private @Nullable Typed part(Expr positions, TExpr domain, TExpr seed, Scope scope) {
        TExpr range = s.expressions.value(positions, scope, Scalar.INT);
        if (range.type().isError()) {
            return null;
        }
        if (!(range instanceof TExpr.Range r) || r.step() != null) {
            s.report(Diagnostic.error("PEL0201", range.span(), "positions of a shuffled domain are a range without stride")
                    .note("for instance `D.shuffled(seed)[0..<100]`"));
            return null;
        }
        TExpr one = new TExpr.Constant(r.span(), Scalar.INT, 1L);
        TExpr end = r.open() ? r.high() : new TExpr.Binary(r.span(), Scalar.INT, TExpr.BinaryOp.ADD, r.high(), one);
        return new Typed(domain, seed, r.low(), end);
    }

    /** The indices in shuffled order. */
    TExpr array(Written w, Scope scope) {
        Typed t = typed(w, scope);
        if (t == null) {
            return Session.bad(w.span());
        }
        List<TExpr> bounds = t.bounds(w.span());
        return new TExpr.IntrinsicCall(
                w.span(), INDICES, Intrinsic.SHUFFLED, List.of(t.domain(), t.seed(), bounds.get(0), bounds.get(1)));
    }

    /** Whether the iteration of a divided loop over the domain is one of the wanted positions; also the filter that was written. */
    TExpr filter(Typed t, Span at, Var index, @Nullable TExpr filter) {
        if (t.from() == null) {
            return filter == null ? new TExpr.Constant(at, Scalar.BOOL, true) : filter;
        }
        List<TExpr> bounds = t.bounds(at);
        TExpr within = new TExpr.IntrinsicCall(at, Scalar.BOOL, Intrinsic.IN_SHUFFLE,
                List.of(t.domain(), new TExpr.Read(at, index.type(), index), t.seed(), bounds.get(0), bounds.get(1)));
        return filter == null ? within : new TExpr.Logical(at, Scalar.BOOL, true, within, filter);
    }
}
