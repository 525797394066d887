package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Names that the checker knows: the job, output, polymorphic functions, reductions. The others are declared in the standard library. */
final class BuiltIns {
    /** All such names. */
    static final Set<String> NAMES = Set.of(
            "print", "printall", "note", "abort", "rank", "size", "host", "threads", "clock", "local_clock", "show", "len",
            "copy", "fill", "replicate", "save", "load", "plot_image", "plot_line", "min", "max", "clamp", "abs", "sign", "push",
            "pop", "zip", "enumerate", "reversed", "sorted", "sort", "argsort", "distinct", "merge", "split_at", "search",
            "unique", "sum", "prod", "any", "all", "count", "mean", "argmin", "argmax", "band", "bor", "bxor", "allreduce",
            "allsum", "allmin", "allmax", "reduce", "exscan", "bcast", "gather", "allgather", "scatter", "alltoall", "agree",
            "barrier", "wait", "wait_all", "fetch_add", "has", "remove", "top", "world", "divmod");

    private final Session s;

    BuiltIns(Session session) {
        this.s = session;
    }

    TExpr call(String name, Span at, Expr.Call c, Scope scope, @Nullable Type expected) {
        Scalar conversion = Types.scalar(name);
        if (conversion != null) {
            return s.conversions.call(conversion, c, scope);
        }
        return switch (name) {
            case "rank" -> ofTeam(c, Intrinsic.RANK, scope);
            case "size" -> ofTeam(c, Intrinsic.SIZE, scope);
            case "host" -> plain(c, Intrinsic.HOST, Scalar.STRING, scope);
            case "threads" -> plain(c, Intrinsic.THREADS, Scalar.INT, scope);
            case "clock" -> plain(c, Intrinsic.CLOCK, Scalar.FLOAT, scope);
            case "local_clock" -> plain(c, Intrinsic.LOCAL_CLOCK, Scalar.FLOAT, scope);
            case "print" -> output(c, Intrinsic.PRINT, scope);
            case "printall" -> output(c, Intrinsic.PRINTALL, scope);
            case "note" -> output(c, Intrinsic.NOTE, scope);
            case "abort" -> abort(c, scope);
            case "show" -> show(c, scope);
            case "min", "max", "sum", "prod", "any", "all", "count", "mean", "argmin", "argmax", "band", "bor", "bxor" ->
                reduction(name, at, c, scope);
            case "abs", "sign", "clamp" -> arithmetic(name, at, c, scope);
            case "allreduce", "allsum", "allmin", "allmax", "reduce", "exscan", "bcast", "gather", "allgather", "scatter",
                    "alltoall", "agree", "barrier" -> s.collectives.call(name, at, c, scope, expected);
            case "wait", "wait_all" -> s.channels.await(name, c, scope);
            case "fetch_add" -> s.windows.fetchAdd(c, scope);
            case "has", "remove", "top" -> s.maps.call(name, c, scope);
            case "divmod" -> divmod(c, scope);
            default -> s.arrayFunctions.call(name, at, c, scope, expected);
        };
    }

    /** Whether an argument is the result of an error that has been reported. */

    private TExpr plain(Expr.Call c, Intrinsic intrinsic, Type type, Scope scope) {
        var target = Arguments.Target.of(c.callee().span().text(), c.callee().span().text() + "() -> " + type);
        if (s.arguments.match(target, c.arguments(), c.span()) == null) {
            return new TExpr.Bad(c.span(), type);
        }
        return new TExpr.IntrinsicCall(c.span(), type, intrinsic, List.of());
    }

    /** {@code rank()}, {@code rank(in: t)}. */
    private TExpr ofTeam(Expr.Call c, Intrinsic intrinsic, Scope scope) {
        Teams.In in = s.teams.in(c, scope);
        TExpr plain = plain(in.call(), intrinsic, Scalar.INT, scope);
        return in.wrong() ? new TExpr.Bad(c.span(), Scalar.INT)
                : in.team() == null || plain instanceof TExpr.Bad ? plain
                : new TExpr.IntrinsicCall(c.span(), Scalar.INT, intrinsic, List.of(in.team()));
    }

    private TExpr output(Expr.Call c, Intrinsic intrinsic, Scope scope) {
        List<TExpr> values = new ArrayList<>();
        for (Expr.Argument a : c.arguments()) {
            if (a.label() != null) {
                s.report(Diagnostic.error("PEL0209", a.span(), "`" + c.callee().span().text() + "` has no labels"));
            }
            values.add(s.texts.printable(s.expressions.value(a.value(), scope, null)));
        }
        TExpr text = s.texts.joined(values, c.span(), " ");
        return text.type().isError()
                ? new TExpr.Bad(c.span(), Scalar.VOID)
                : new TExpr.IntrinsicCall(c.span(), Scalar.VOID, intrinsic, List.of(text));
    }

    private TExpr abort(Expr.Call c, Scope scope) {
        var slots = s.arguments.match(Arguments.Target.of("abort", "abort(code: int)", "code"), c.arguments(), c.span());
        Expr.Argument a = slots == null ? null : slots.getFirst();
        if (a == null) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        TExpr code = s.coercion.to(s.expressions.value(a.value(), scope, Scalar.INT), Scalar.INT, "the exit code");
        return new TExpr.IntrinsicCall(c.span(), Scalar.VOID, Intrinsic.ABORT, List.of(code));
    }

    private TExpr show(Expr.Call c, Scope scope) {
        var slots = s.arguments.match(Arguments.Target.of("show", "show(x) -> string", "x"), c.arguments(), c.span());
        Expr.Argument a = slots == null ? null : slots.getFirst();
        if (a == null) {
            return new TExpr.Bad(c.span(), Scalar.STRING);
        }
        TExpr x = s.texts.printable(s.expressions.value(a.value(), scope, null));
        return x.type().isError()
                ? new TExpr.Bad(c.span(), Scalar.STRING)
                : new TExpr.IntrinsicCall(c.span(), Scalar.STRING, Intrinsic.SHOW, List.of(x));
    }

    /** {@code sum(e for ..)}, {@code sum(a)}, {@code max(a, b)}. */
    private TExpr reduction(String name, Span at, Expr.Call c, Scope scope) {
        List<Expr.Argument> given = c.arguments();
        if (given.size() == 1 && given.getFirst().value() instanceof Expr.Comprehension e) {
            return s.comprehensions.reduce(name, at, e, c.span(), scope);
        }
        boolean extremum = name.equals("min") || name.equals("max");
        if (extremum && given.size() > 1) {
            return extremum(name, at, c, scope);
        }
        if (given.size() != 1) {
            s.arguments.checkAll(given, scope);
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0209", c.span(), "`" + name + "` takes " + (extremum ? "two or more values, " : "")
                                    + "an array or a comprehension")
                            .note("for instance `" + name + "(a)` or `" + name + "(a[i] forall i in D)`"));
        }
        TExpr x = s.expressions.value(given.getFirst().value(), scope, null);
        boolean range = x.type() instanceof Type.Domain d && d.axes() == 1;
        if (x.type() instanceof Type.Array || x.type() instanceof Type.ListOf || range) {
            return s.comprehensions.reduceAll(name, at, x, c.span(), scope);
        }
        if (x.type().isError()) {
            return Session.bad(c.span());
        }
        Diagnostic d = Diagnostic.error("PEL0225", x.span(), "`" + name + "` reduces an array or a comprehension, not " + Words.a(x.type()))
                .under("this is " + Words.a(x.type()));
        return s.bad(c.span(), extremum ? d.note("`" + name + "(a, b)` takes two or more values") : d);
    }

    private TExpr extremum(String name, Span at, Expr.Call c, Scope scope) {
        List<TExpr> values = values(c, scope);
        if (values == null) {
            return Session.bad(c.span());
        }
        TExpr first = values.getFirst();
        for (TExpr v : values.subList(1, values.size())) {
            Type t = s.operators.joined(first, v);
            if (t == null || t != Scalar.STRING && (!t.isNumeric() || t == Scalar.COMPLEX)) {
                return s.bad(
                        c.span(),
                        Diagnostic.error("PEL0218", at, "`" + name + "` does not take " + Words.types(values))
                                .under("takes ints, floats or strings"));
            }
            first = t.equals(first.type()) ? first : new TExpr.Bad(v.span(), t);
        }
        Type t = first.type();
        List<TExpr> fitted = values.stream().map(v -> s.coercion.to(v, t, "this value")).toList();
        return t == Scalar.STRING
                ? s.own.extremum(c.span(), name.equals("min"), fitted, scope)
                : new TExpr.IntrinsicCall(c.span(), t, name.equals("min") ? Intrinsic.MIN : Intrinsic.MAX, fitted);
    }

    /** {@code (a // b, a % b)}: a function of its own, so that each argument is evaluated once. */
    private TExpr divmod(Expr.Call c, Scope scope) {
        var slots = s.arguments.match(Arguments.Target.of("divmod", "divmod(a, b)", "a", "b"), c.arguments(), c.span());
        if (slots == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return Session.bad(c.span());
        }
        List<TExpr> values = new ArrayList<>();
        slots.forEach(a -> values.add(a == null ? Session.bad(c.span()) : s.expressions.value(a.value(), scope, null)));
        return values.stream().anyMatch(v -> v.type().isError())
                ? Session.bad(c.span())
                : s.own.divmod(c.span(), values.getFirst(), values.getLast(), scope);
    }

    /** Arguments without labels, typed; null after an error. */
    @Nullable List<TExpr> values(Expr.Call c, Scope scope) {
        List<TExpr> values = new ArrayList<>();
        for (Expr.Argument a : c.arguments()) {
            if (a.label() != null) {
                s.report(Diagnostic.error("PEL0209", a.span(), "`" + c.callee().span().text() + "` has no parameter `" + a.label() + "`"));
            }
            values.add(s.expressions.value(a.value(), scope, null));
        }
        return values.stream().anyMatch(v -> v.type().isError()) ? null : values;
    }

    /** {@code abs sign clamp} of real numbers; other types as the library declares. */
    private TExpr arithmetic(String name, Span at, Expr.Call c, Scope scope) {
        Symbol.Library declared = s.library.find(name);
        List<TExpr> values = values(c, scope);
        if (values == null) {
            return Session.bad(c.span());
        }
        int wanted = name.equals("clamp") ? 3 : 1;
        TExpr first = values.isEmpty() ? null : values.getFirst();
        if (first == null || values.size() != wanted) {
            String signature = name.equals("clamp") ? "clamp(x, low, high)" : name + "(x)";
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0209", c.span(), "`" + name + "` needs " + Words.count(wanted, "argument")
                                    + ", the call has " + values.size())
                            .note("the signature is `" + signature + "`"));
        }
        for (TExpr v : values) {
            Type t = s.operators.joined(first, v);
            if (t == null || !t.isNumeric() || t == Scalar.COMPLEX) {
                return declared != null
                        ? s.libraryCalls.call(declared, c, scope)
                        : s.bad(
                                c.span(),
                                Diagnostic.error("PEL0218", at, "`" + name + "` does not take " + Words.types(values))
                                        .under("takes ints or floats"));
            }
            first = t.equals(first.type()) ? first : new TExpr.Bad(v.span(), t);
        }
        Type t = first.type();
        List<TExpr> fitted = values.stream().map(v -> s.coercion.to(v, t, "this value")).toList();
        Intrinsic intrinsic = switch (name) {
            case "abs" -> Intrinsic.ABS;
            case "sign" -> Intrinsic.SIGN;
            default -> Intrinsic.CLAMP;
        };
        return new TExpr.IntrinsicCall(c.span(), t, intrinsic, fitted);
    }
}
