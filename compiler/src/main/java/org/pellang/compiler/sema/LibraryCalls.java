package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.syntax.Expr;

/** Calls of the standard library: the overload that needs the fewest conversions. */
final class LibraryCalls {
    /** An int becomes a complex number only if nothing nearer fits. */
    private static final int FAR = 3;

    private final Session s;

    LibraryCalls(Session session) {
        this.s = session;
    }

    TExpr call(Symbol.Library l, Expr.Call c, Scope scope) {
        List<LibraryFunction> candidates = l.overloads().stream()
                .filter(f -> f.names().size() == c.arguments().size() && labelsFit(f, c.arguments()))
                .toList();
        if (candidates.isEmpty()) {
            s.arguments.checkAll(c.arguments(), scope);
            return s.bad(c.span(), wrongShape(l, c));
        }
        List<TExpr> values = new ArrayList<>();
        for (int i = 0; i < c.arguments().size(); i++) {
            Expr.Argument a = c.arguments().get(i);
            values.add(s.expressions.value(a.value(), scope, expected(candidates, a, i)));
        }
        if (values.stream().anyMatch(v -> v.type().isError())) {
            return new TExpr.Bad(c.span(), sameResult(candidates));
        }
        LibraryFunction best = best(candidates, c.arguments(), values);
        if (best == null) {
            return s.bad(c.span(), noFit(l, candidates, c, values));
        }
        return make(best, c, order(best, c.arguments(), values), scope);
    }

    private static Type sameResult(List<LibraryFunction> candidates) {
        Type first = candidates.getFirst().function().result();
        return candidates.stream().allMatch(f -> f.function().result().equals(first)) ? first : Type.Scalar.ERROR;
    }

    private TExpr make(LibraryFunction f, Expr.Call c, List<TExpr> values, Scope scope) {
        ExternFunction function = f.function();
        if (function.java() != null && !changeable(f, function.java(), c, scope)) {
            return new TExpr.Bad(c.span(), function.result());
        }
        List<TExpr> fitted = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            fitted.add(fits(values.get(i), function.params().get(i), function)
                    ? values.get(i)
                    : values.get(i).type() instanceof Type.ListOf l && copied(l, function, i)
                    ? s.arrayFunctions.asArray(values.get(i), l)
                    : s.coercion.to(values.get(i), function.params().get(i), "`" + f.names().get(i) + "`"));
        }
        return new TExpr.ExternCall(c.span(), function.result().asValue(), function, fitted);
    }

    /** Whether the arguments that a Java method changes are variables that may change. */
    private boolean changeable(LibraryFunction f, ExternFunction.Java java, Expr.Call c, Scope scope) {
        for (int i = 0; i < c.arguments().size(); i++) {
            if (java.mutable().get(position(f, c.arguments().get(i), i)) && s.places.place(c.arguments().get(i).value(), scope) == null) {
                return false;
            }
        }
        return true;
    }

    /** Whether an array goes as it is: collective functions take distributed ones too. */
    private static boolean fits(TExpr value, Type param, ExternFunction function) {
        return value.type() instanceof Type.Array a
                && param instanceof Type.Array p
                && a.axes() == p.axes()
                && a.element().equals(p.element())
                && (function.collective() || a.distribution().isLocal());
    }

    /** Whether the elements of a list are handed over as an array: what a function only reads. */
    private static boolean copied(Type.ListOf l, ExternFunction function, int i) {
        return function.params().get(i) instanceof Type.Array a
                && a.axes() == 1
                && a.element().equals(l.element())
                && (function.java() == null || !function.java().mutable().get(i));
    }

    private static boolean labelsFit(LibraryFunction f, List<Expr.Argument> arguments) {
        boolean labels = false;
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String label = arguments.get(i).label();
            labels |= label != null;
            String name = label == null ? f.names().get(i) : label;
            if ((label == null && labels) || !f.names().contains(name) || seen.contains(name)) {
                return false;
            }
            seen.add(name);
        }
        return true;
    }

    private static int position(LibraryFunction f, Expr.Argument a, int i) {
        String label = a.label();
        return label == null ? i : f.names().indexOf(label);
    }

    private static @Nullable Type expected(List<LibraryFunction> candidates, Expr.Argument a, int i) {
        Type first = null;
        for (LibraryFunction f : candidates) {
            Type t = f.function().params().get(position(f, a, i));
            if (first != null && !first.equals(t)) {
                return null;
            }
            first = t;
        }
        return first;
    }

    private @Nullable LibraryFunction best(List<LibraryFunction> candidates, List<Expr.Argument> arguments, List<TExpr> values) {
        LibraryFunction best = null;
        int least = Integer.MAX_VALUE;
        for (LibraryFunction f : candidates) {
            int cost = cost(f, arguments, values);
            if (cost >= 0 && cost < least) {
                best = f;
                least = cost;
            }
        }
        return best;
    }

    private int cost(LibraryFunction f, List<Expr.Argument> arguments, List<TExpr> values) {
        int sum = 0;
        for (int i = 0; i < values.size(); i++) {
            Type param = f.function().params().get(position(f, arguments.get(i), i));
            TExpr value = values.get(i);
            if (fits(value, param, f.function())) {
                continue;
            }
            boolean list = value.type() instanceof Type.ListOf l && copied(l, f.function(), position(f, arguments.get(i), i));
            int cost = list ? 1 : s.coercion.cost(value, param);
            if (cost < 0) {
                return -1;
            }
            sum += cost * (param == Type.Scalar.COMPLEX || param == Type.Scalar.FLOAT32 ? FAR : 1);
        }
        return sum;
    }

    private static List<TExpr> order(LibraryFunction f, List<Expr.Argument> arguments, List<TExpr> values) {
        List<TExpr> ordered = new ArrayList<>(values);
        for (int i = 0; i < values.size(); i++) {
            ordered.set(position(f, arguments.get(i), i), values.get(i));
        }
        return ordered;
    }

    private static Diagnostic wrongShape(Symbol.Library l, Expr.Call c) {
        Diagnostic d = Diagnostic.error("PEL0209", c.span(), "`" + l.name() + "` cannot be called with these arguments")
                .under("the call has " + Words.count(c.arguments().size(), "argument"));
        return signatures(d, l.overloads());
    }

    private Diagnostic noFit(Symbol.Library l, List<LibraryFunction> candidates, Expr.Call c, List<TExpr> values) {
        if (candidates.size() == 1) {
            LibraryFunction only = candidates.getFirst();
            for (int i = 0; i < values.size(); i++) {
                int at = position(only, c.arguments().get(i), i);
                Type param = only.function().params().get(at);
                if (!fits(values.get(i), param, only.function()) && s.coercion.fit(values.get(i), param) == null) {
                    return s.coercion
                            .mismatch(values.get(i), param, "`" + only.names().get(at) + "` of `" + l.name() + "`")
                            .note("the signature is `" + only.signature() + "`");
                }
            }
        }
        Diagnostic d = Diagnostic.error(
                        "PEL0218", c.callee().span(), "no `" + l.name() + "` takes " + Words.types(values))
                .under("called with " + Words.types(values));
        return signatures(d, candidates);
    }

    private static Diagnostic signatures(Diagnostic d, List<LibraryFunction> overloads) {
        Diagnostic all = d;
        for (LibraryFunction f : overloads.subList(0, Math.min(4, overloads.size()))) {
            all = all.note("there is `" + f.signature() + "`");
        }
        return all;
    }
}
