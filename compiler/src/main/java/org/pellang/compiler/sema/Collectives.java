package org.pellang.compiler.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TExpr.CollectiveKind;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Collectives of the explicit level. */
final class Collectives {
    private final Session s;

    Collectives(Session session) {
        this.s = session;
    }

    TExpr call(String name, Span at, Expr.Call c, Scope scope, @Nullable Type expected) {
        Teams.In in = s.teams.in(c, scope);
        TExpr e = onAll(name, at, in.call(), scope, expected);
        return in.wrong() ? new TExpr.Bad(c.span(), e.type())
                : in.team() == null || !(e instanceof TExpr.Collective x) ? e
                : new TExpr.Collective(x.span(), x.type(), x.kind(), x.value(), x.op(), x.root(), in.team());
    }

    private TExpr onAll(String name, Span at, Expr.Call c, Scope scope, @Nullable Type expected) {
        return switch (name) {
            case "barrier" -> barrier(c);
            case "allsum" -> reduction(name, "sum", CollectiveKind.ALLREDUCE, c, scope, "x");
            case "allmin" -> reduction(name, "min", CollectiveKind.ALLREDUCE, c, scope, "x");
            case "allmax" -> reduction(name, "max", CollectiveKind.ALLREDUCE, c, scope, "x");
            case "allreduce" -> reduction(name, null, CollectiveKind.ALLREDUCE, c, scope, "x", "op");
            case "exscan" -> reduction(name, null, CollectiveKind.EXSCAN, c, scope, "x", "op");
            case "reduce" -> reduction(name, null, CollectiveKind.REDUCE, c, scope, "x", "op", "root");
            case "bcast" -> moved(name, CollectiveKind.BCAST, c, scope, expected, "x", "root");
            case "gather" -> moved(name, CollectiveKind.GATHER, c, scope, null, "x", "root");
            case "allgather" -> moved(name, CollectiveKind.ALLGATHER, c, scope, null, "x");
            case "scatter" -> moved(name, CollectiveKind.SCATTER, c, scope, null, "x", "root");
            case "alltoall" -> moved(name, CollectiveKind.ALLTOALL, c, scope, null, "x");
            default -> moved(name, CollectiveKind.AGREE, c, scope, expected, "x");
        };
    }

    private TExpr barrier(Expr.Call c) {
        return s.arguments.match(Arguments.Target.of("barrier", "barrier()"), c.arguments(), c.span()) == null
                ? new TExpr.Bad(c.span(), Scalar.VOID)
                : new TExpr.Collective(c.span(), Scalar.VOID, CollectiveKind.BARRIER, null, null, null, null);
    }

    private @Nullable List<Expr.@Nullable Argument> match(String name, Expr.Call c, Scope scope, String... params) {
        var slots = s.arguments.match(
                Arguments.Target.of(name, name + "(" + String.join(", ", params) + ")", params), c.arguments(), c.span());
        if (slots == null) {
            c.arguments().stream()
                    .filter(a -> !(a.value() instanceof Expr.Name))
                    .forEach(a -> s.arguments.checkAll(List.of(a), scope));
        }
        return slots;
    }

    private TExpr reduction(String name, @Nullable String op, CollectiveKind kind, Expr.Call c, Scope scope, String... params) {
        var slots = match(name, c, scope, params);
        if (slots == null) {
            return Session.bad(c.span());
        }
        TExpr value = value(slots.getFirst(), scope, null);
        TExpr root = params.length == 3 ? root(slots.get(2), scope) : null;
        String operator = op;
        Span at = c.callee().span();
        if (operator == null) {
            Expr.Argument a = slots.get(1);
            if (a == null || !(a.value() instanceof Expr.Name n)) {
                return s.bad(
                        c.span(),
                        Diagnostic.error("PEL0225", a == null ? at : a.span(), "the operator of `" + name + "` is a name")
                                .note("for instance `" + name + "(x, sum)`"));
            }
            operator = n.name();
            at = n.span();
        }
        if (value.type().isError() || (root != null && root.type().isError())) {
            return Session.bad(c.span());
        }
        Reductions.Fitted f = s.reductions.fit(operator, at, value, 1, scope);
        if (f == null) {
            return new TExpr.Bad(c.span(), value.type());
        }
        if (!f.accumulates() || !f.result().equals(value.type()) && f.op() instanceof org.pellang.compiler.sema.typed.ReduceOp.Builtin) {
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0225", at, "`" + operator + "` does not combine values of the ranks")
                            .under(f.accumulates() ? "takes " + Words.a(value.type()) + " and gives " + Words.a(f.result()) : "has no running value"));
        }
        return new TExpr.Collective(c.span(), f.result(), kind, f.element(), f.op(), root, null);
    }

    /** A value that every rank has: never a distributed array. */
    private TExpr value(Expr.@Nullable Argument a, Scope scope, @Nullable Type expected) {
        if (a == null) {
            throw new IllegalStateException("matched argument is missing");
        }
        TExpr x = s.expressions.value(a.value(), scope, expected);
        if (x.type() instanceof Type.Array t && !t.distribution().isLocal()) {
            return s.bad(
                    x.span(),
                    Diagnostic.error("PEL0201", x.span(), "a collective takes each rank's own value, not the distributed array")
                            .under("this is " + Words.a(t))
                            .note("a distributed array is one value already; `replicate(a)` gives every rank all of it"));
        }
        if (x.type().holdsFunction() || x.type().isHandle() || x.type().holdsDomain()) {
            return s.bad(
                    x.span(), Diagnostic.error("PEL0201", x.span(), Words.a(x.type()) + " cannot be sent to other ranks"));
        }
        return x;
    }

    private TExpr root(Expr.@Nullable Argument a, Scope scope) {
        if (a == null) {
            throw new IllegalStateException("matched argument is missing");
        }
        return s.coercion.to(s.expressions.value(a.value(), scope, Scalar.INT), Scalar.INT, "`root`");
    }

    private TExpr moved(
            String name, CollectiveKind kind, Expr.Call c, Scope scope, @Nullable Type expected, String... params) {
        var slots = match(name, c, scope, params);
        if (slots == null) {
            return Session.bad(c.span());
        }
        TExpr given = value(slots.getFirst(), scope, expected);
        boolean gathers = kind == CollectiveKind.GATHER || kind == CollectiveKind.ALLGATHER;
        TExpr value = gathers && given.type() instanceof Type.ListOf l && ArrayFunctions.fitsArray(l) ? s.arrayFunctions.asArray(given, l) : given;
        TExpr root = params.length == 2 ? root(slots.get(1), scope) : null;
        if (value.type().isError() || (root != null && root.type().isError())) {
            return Session.bad(c.span());
        }
        Type result = result(kind, value.type());
        if (result == null) {
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0201", value.span(), "`" + name + "` does not take " + Words.a(value.type()))
                            .under("this is " + Words.a(value.type()))
                            .note(needs(kind)));
        }
        return new TExpr.Collective(c.span(), result, kind, value, null, root, null);
    }

    private static String needs(CollectiveKind kind) {
        return switch (kind) {
            case SCATTER -> "the root gives an array with one axis, of which each rank gets a block, or a list with one element per rank";
            case ALLTOALL -> "each rank gives an array with one axis, a block for each rank, or a list with one element per rank";
            case GATHER, ALLGATHER -> "each rank gives a value, or an array with one axis or a list";
            case BARRIER, ALLREDUCE, REDUCE, SCAN, EXSCAN, BCAST, AGREE -> "each rank gives a value";
        };
    }

    /** The result of moving a value of type {@code t}, or null. */
    private static @Nullable Type result(CollectiveKind kind, Type t) {
        return switch (kind) {
            case BCAST, AGREE -> t;
            case GATHER, ALLGATHER ->
                switch (t) {
                    case Type.Array a -> a.axes() == 1 ? a : null;
                    case Type.ListOf l -> null;
                    case Type x -> new Type.Array(x, 1, Distribution.LOCAL);
                };
            case SCATTER ->
                t instanceof Type.Array a && a.axes() == 1 ? a : t instanceof Type.ListOf l ? l.element().asValue() : null;
            case ALLTOALL -> (t instanceof Type.Array a && a.axes() == 1) || t instanceof Type.ListOf ? t : null;
            case BARRIER, ALLREDUCE, REDUCE, SCAN, EXSCAN -> null;
        };
    }
}
