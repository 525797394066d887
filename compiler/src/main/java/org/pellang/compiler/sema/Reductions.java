package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.ReduceOp.Builtin;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Operators of reductions and the types that they take. */
final class Reductions {
    /** Names of the operators that the language has. */
    static final Map<String, Builtin> BUILTINS = Map.ofEntries(
            Map.entry("sum", Builtin.SUM),
            Map.entry("prod", Builtin.PROD),
            Map.entry("min", Builtin.MIN),
            Map.entry("max", Builtin.MAX),
            Map.entry("any", Builtin.ANY),
            Map.entry("all", Builtin.ALL),
            Map.entry("count", Builtin.COUNT),
            Map.entry("mean", Builtin.MEAN),
            Map.entry("argmin", Builtin.ARGMIN),
            Map.entry("argmax", Builtin.ARGMAX),
            Map.entry("band", Builtin.BIT_AND),
            Map.entry("bor", Builtin.BIT_OR),
            Map.entry("bxor", Builtin.BIT_XOR));

    private final Session s;

    Reductions(Session session) {
        this.s = session;
    }

    /**
     * An operator that fits an element.
     *
     * @param op the operator
     * @param element the element, converted
     * @param result the type of the reduction
     * @param texts whether it is an extreme of texts, of which there is none if there are none
     */
    record Fitted(ReduceOp op, TExpr element, Type result, boolean texts) {
        Fitted(ReduceOp op, TExpr element, Type result) {
            this(op, element, result, false);
        }

        /** Whether what is combined so far is a value that more can be combined with: not so of a mean or an index. */
        boolean accumulates() {
            return op != Builtin.MEAN && op != Builtin.ARGMIN && op != Builtin.ARGMAX && result.equals(element.type());
        }
    }

    /** The operator {@code name} for {@code element}; null after a report. */
    @Nullable Fitted fit(String name, Span at, TExpr element, int axes, Scope scope) {
        if (element.type().isError()) {
            return null;
        }
        Symbol symbol = s.globals.get(name);
        Builtin op = BUILTINS.get(name);
        if (symbol instanceof Symbol.Function f && (f.operator || op == null)) {
            return user(f, at, element, scope);
        }
        if (op == null) {
            s.report(unknown(name, at));
            return null;
        }
        return builtin(op, name, at, element, axes, scope);
    }

    /** Whether it asks for the place of the least or greatest text. */
    boolean placesText(String name, TExpr element) {
        return element.type() == Scalar.STRING && (name.equals("argmin") || name.equals("argmax")) && !(s.globals.get(name) instanceof Symbol.Function);
    }

    private Diagnostic unknown(String name, Span at) {
        Diagnostic d = Diagnostic.error("PEL0225", at, "`" + name + "` is no operator of a reduction");
        List<String> names = new ArrayList<>(BUILTINS.keySet());
        s.globals.all().forEach(n -> {
            if (s.globals.get(n) instanceof Symbol.Function f && f.operator) {
                names.add(n);
            }
        });
        String near = Suggest.nearest(name, names);
        return near == null
                ? d.note("there are sum prod min max all any count mean argmin argmax, and those declared with `op`")
                : d.under("did you mean `" + near + "`?").fix("replace it by `" + near + "`", at, near);
    }

    private @Nullable Fitted builtin(Builtin op, String name, Span at, TExpr e, int axes, Scope scope) {
        Type t = e.type();
        if (t == Scalar.STRING && (op == Builtin.MIN || op == Builtin.MAX)) {
            ReduceOp texts = s.own.extremum(at, op == Builtin.MIN, scope);
            return texts == null ? null : new Fitted(texts, e, t, true);
        }
        Type result = result(op, t, axes);
        if (result == null) {
            s.report(Diagnostic.error("PEL0225", e.span(), "`" + name + "` does not reduce " + Words.a(t))
                    .under("this is " + Words.a(t))
                    .label(at, "reduced here"));
            return null;
        }
        boolean real = op == Builtin.MEAN && (t == Scalar.INT || t == Scalar.FLOAT32);
        return new Fitted(op, real ? Coercion.convert(e, Scalar.FLOAT) : e, result);
    }

    /** The type of a builtin reduction of elements of type {@code t}, or null if it does not reduce them. */
    static @Nullable Type result(Builtin op, Type t, int axes) {
        if (t instanceof Type.Tuple tuple && op != Builtin.ARGMIN && op != Builtin.ARGMAX) {
            return components(op, tuple, axes);
        }
        if (t instanceof Type.MapOf map) {
            // In a `reduce` clause: value by value.
            Type value = map.value().asValue();
            return !map.distributed() && op != Builtin.COUNT && op != Builtin.MEAN && value.equals(result(op, value, axes)) ? t : null;
        }
        boolean ordered = t == Scalar.INT || t == Scalar.FLOAT || t == Scalar.FLOAT32;
        boolean number = ordered || t == Scalar.COMPLEX;
        return switch (op) {
            case SUM -> number || t.isVector() || isNumericArray(t) ? t : null;
            case PROD -> number || isNumericArray(t) ? t : null;
            case MIN, MAX -> ordered || (isNumericArray(t) && !elementOf(t).equals(Scalar.COMPLEX)) ? t : null;
            case ANY, ALL -> t == Scalar.BOOL || (t instanceof Type.Array a && a.element() == Scalar.BOOL) ? t : null;
            case COUNT -> t == Scalar.BOOL ? Scalar.INT : null;
            case MEAN -> ordered ? Scalar.FLOAT : number || t.isVector() ? t : null;
            case ARGMIN, ARGMAX -> ordered ? index(axes) : null;
            case BIT_AND, BIT_OR, BIT_XOR -> t == Scalar.INT || (t instanceof Type.Array a && a.element().isIntegral()) ? t : null;
        };
    }

    private static boolean isNumericArray(Type t) {
        return t instanceof Type.Array a && (a.element().isNumeric() || a.element().isVector());
    }

    private static Type elementOf(Type t) {
        return t instanceof Type.Array a ? a.element() : t;
    }

    private static @Nullable Type components(Builtin op, Type.Tuple t, int axes) {
        List<Type> results = new ArrayList<>();
        for (Type x : t.elements()) {
            Type r = result(op, x, axes);
            if (r == null || (op == Builtin.MEAN && !r.equals(x))) {
                return null;
            }
            results.add(r);
        }
        return new Type.Tuple(results);
    }

    /** The type of an index of that many axes. */
    static Type index(int axes) {
        return axes == 1 ? Scalar.INT : new Type.Tuple(java.util.Collections.nCopies(axes, (Type) Scalar.INT));
    }

    private @Nullable Fitted user(Symbol.Function f, Span at, TExpr e, Scope scope) {
        if (!f.operator || f.params.size() != 2) {
            s.report(Diagnostic.error("PEL0225", at, "`" + f.name.name() + "` is no operator of a reduction")
                    .under(f.operator ? "an operator has two parameters" : "this is a function")
                    .label(f.name.span(), "declared here")
                    .note("declare it as `op " + f.name.name() + "(a, b) identity .. = ..`"));
            return null;
        }
        if (f.identity == null) {
            s.report(Diagnostic.error("PEL0305", at, "the operator `" + f.name.name() + "` has no identity")
                    .under("a reduction starts from the identity")
                    .label(f.name.span(), "declared here without `identity`"));
            return null;
        }
        Functions.Instance instance = s.instances.of(f, List.of(e.type(), e.type()), at, scope.frame);
        if (instance == null) {
            return null;
        }
        Type t = instance.params().getFirst();
        TExpr element = s.coercion.to(e, t, "the operand of `" + f.name.name() + "`");
        Frame frame = new Frame(Frame.Kind.FUNCTION, null, null, scope.frame.visibleGlobals);
        Expr written = f.identity;
        TExpr given = s.globals.in(f.name.span().file(), () -> s.expressions.value(written, Scope.of(frame), t));
        TExpr identity = s.coercion.to(given, t, "the identity");
        if (element.type().isError() || identity.type().isError() || instance.result().isError()) {
            return null;
        }
        if (!instance.result().equals(t) || !instance.params().getLast().equals(t)) {
            s.report(Diagnostic.error("PEL0225", at, "`" + f.name.name() + "` does not combine two values of one type to one of that type")
                    .under("takes " + Words.a(t) + " and gives " + Words.a(instance.result()))
                    .label(f.name.span(), "declared here"));
            return null;
        }
        return new Fitted(new ReduceOp.User(instance.id, identity), element, t);
    }
}
