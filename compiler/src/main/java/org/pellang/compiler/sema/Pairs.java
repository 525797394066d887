package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** {@code forall (i, x) in enumerate(a)}, {@code forall (x, y) in zip(a, b)}: over the indices of named arrays or lists, so that nothing is copied. */
final class Pairs {
    private final Session s;
    private final Span at;

    private Pairs(Session session, Span at) {
        this.s = session;
        this.at = at;
    }

    /** Null: it is another space, or one whose value must be made first. */
    static @Nullable Elements of(Session s, Expr space, Scope scope) {
        if (!(space instanceof Expr.Call c && c.callee() instanceof Expr.Name n && s.names.find(n.name(), scope) instanceof Symbol.BuiltIn b)) {
            return null;
        }
        int wanted = b.name().equals("enumerate") ? 1 : b.name().equals("zip") ? 2 : 0;
        if (wanted == 0 || c.arguments().size() != wanted || c.arguments().stream().anyMatch(a -> !isLine(s, a, scope))) {
            return null;
        }
        List<Var> named = c.arguments().stream().map(a -> variable(s, a, scope)).toList();
        if (wanted == 2 && !s.bounds.together(named.getFirst(), named.getLast())) {
            return null;
        }
        List<TExpr> lines = c.arguments().stream().map(a -> s.expressions.value(a.value(), scope, null)).toList();
        Pairs pairs = new Pairs(s, space.span());
        return wanted == 1 ? pairs.enumerated(lines.getFirst(), s.bounds.lowest(named.getFirst())) : pairs.zipped(lines.getFirst(), lines.getLast());
    }

    private static boolean isLine(Session s, Expr.Argument a, Scope scope) {
        if (a.label() != null || !(a.value() instanceof Expr.Name n) || !(s.names.find(n.name(), scope) instanceof Symbol.Variable v)) {
            return false;
        }
        return v.var().type() instanceof Type.Array x && x.axes() == 1 || v.var().type() instanceof Type.ListOf;
    }

    private static Var variable(Session s, Expr.Argument a, Scope scope) {
        return ((Symbol.Variable) java.util.Objects.requireNonNull(s.names.find(((Expr.Name) a.value()).name(), scope))).var();
    }

    private Elements enumerated(TExpr line, @Nullable Long lowest) {
        Elements all = Elements.of(s, line, null);
        TExpr index = new TExpr.Read(at, Scalar.INT, all.indices().getFirst());
        return paired(all, position(all.space(), index, lowest), all.element());
    }

    /** How many indices come before this one. */
    private TExpr position(TExpr domain, TExpr index, @Nullable Long lowest) {
        if (lowest != null) {
            return lowest == 0 ? index : new TExpr.Binary(at, Scalar.INT, TExpr.BinaryOp.SUB, index, new TExpr.Constant(at, Scalar.INT, lowest));
        }
        TExpr first = new TExpr.IntrinsicCall(at, Scalar.INT, Intrinsic.LOWEST, List.of(domain));
        TExpr before = new TExpr.Range(at, Domains.RANGE, first, index, true, null);
        TExpr part = new TExpr.Slice(at, domain.type(), domain, List.of(new TExpr.TSub(null, before)));
        return new TExpr.IntrinsicCall(at, Scalar.INT, Intrinsic.LEN, List.of(part));
    }

    private Elements zipped(TExpr a, TExpr b) {
        Elements all = Elements.of(s, a, null);
        Type element = b.type() instanceof Type.Array x ? x.element() : ((Type.ListOf) b.type()).element();
        List<TExpr> subscripts = new ArrayList<>(List.of(new TExpr.Read(at, Scalar.INT, all.indices().getFirst())));
        return paired(all, all.element(), new TExpr.Element(at, element.asValue(), b, subscripts));
    }

    private Elements paired(Elements all, TExpr first, TExpr second) {
        Type pair = new Type.Tuple(List.of(first.type(), second.type()));
        return new Elements(all.space(), all.indices(), new TExpr.TupleNew(at, pair, List.of(first, second)), pair);
    }
}
