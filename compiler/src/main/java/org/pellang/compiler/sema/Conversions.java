package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Written conversions and constructors: {@code int(x)}, {@code float(a)}, {@code vec3(x, y, z)}, {@code complex(re, im)}. */
final class Conversions {
    private final Session s;

    Conversions(Session session) {
        this.s = session;
    }

    TExpr call(Scalar to, Expr.Call c, Scope scope) {
        if (c.arguments().stream().anyMatch(a -> a.label() != null && !constructs(to))) {
            s.arguments.checkAll(c.arguments(), scope);
            return s.bad(c.span(), Diagnostic.error("PEL0209", c.span(), "the conversion `" + to + "` has no labels"));
        }
        if (constructs(to) && c.arguments().size() != 1) {
            return construct(to, c, scope);
        }
        if (c.arguments().size() != 1) {
            s.arguments.checkAll(c.arguments(), scope);
            return s.bad(
                    c.span(),
                    Diagnostic.error("PEL0209", c.span(), "`" + to + "(..)` takes 1 argument, not " + c.arguments().size()));
        }
        TExpr x = s.expressions.value(c.arguments().getFirst().value(), scope, null);
        if (x.type().isError()) {
            return new TExpr.Bad(c.span(), to.asValue());
        }
        TExpr converted = convert(x, to, c.span());
        return converted == null ? s.bad(c.span(), refuse(x, to)) : converted;
    }

    private static boolean constructs(Scalar t) {
        return t.isVector() || t == Scalar.COMPLEX;
    }

    private TExpr construct(Scalar to, Expr.Call c, Scope scope) {
        String[] names = switch (to) {
            case COMPLEX -> new String[] {"re", "im"};
            case VEC2 -> new String[] {"x", "y"};
            case VEC3 -> new String[] {"x", "y", "z"};
            default -> new String[] {"x", "y", "z", "w"};
        };
        String signature = to + "(" + String.join(", ", names) + ")";
        var slots = s.arguments.match(Arguments.Target.of(to.toString(), signature, names), c.arguments(), c.span());
        if (slots == null) {
            s.arguments.checkAll(c.arguments(), scope);
            return new TExpr.Bad(c.span(), to);
        }
        List<TExpr> parts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            Expr.Argument a = slots.get(i);
            TExpr x = a == null ? Session.bad(c.span()) : s.expressions.value(a.value(), scope, Scalar.FLOAT);
            parts.add(s.coercion.to(x, Scalar.FLOAT, "`" + names[i] + "`"));
        }
        return parts.stream().anyMatch(p -> p.type().isError())
                ? new TExpr.Bad(c.span(), to)
                : new TExpr.RecordNew(c.span(), to, parts);
    }

    private @Nullable TExpr convert(TExpr x, Scalar to, Span span) {
        if (to == Scalar.STRING) {
            TExpr shown = s.texts.printable(x);
            return shown.type() == Scalar.STRING ? shown : new TExpr.IntrinsicCall(span, to, Intrinsic.SHOW, List.of(shown));
        }
        if (x.type() instanceof Type.Array a) {
            boolean fits = a.element() instanceof Scalar from && converts(from, to);
            Type t = new Type.Array(to, a.axes(), a.distribution());
            return fits ? new TExpr.Convert(span, t, t, x) : null;
        }
        if (!(x.type() instanceof Scalar from) || (!converts(from, to) && !(from == to))) {
            boolean splat = to.isVector() && s.coercion.fit(x, Scalar.FLOAT) != null;
            return splat ? splat(x, to, span) : null;
        }
        if (to.isVector()) {
            return x;
        }
        if (to.isIntegral() && to != Scalar.INT) {
            TExpr whole = from == Scalar.INT ? x : new TExpr.Convert(span, Scalar.INT, Scalar.INT, x);
            return inRange(whole, to, span);
        }
        return from == to ? x : Coercion.convert(at(x, span), to);
    }

    private TExpr splat(TExpr x, Scalar to, Span span) {
        return new TExpr.IntrinsicCall(span, to, Intrinsic.SPLAT, List.of(s.coercion.to(x, Scalar.FLOAT, "a component")));
    }

    /** A literal takes the span of the conversion; other values keep theirs. */
    private static TExpr at(TExpr x, Span span) {
        return x instanceof TExpr.Constant c ? new TExpr.Constant(span, c.type(), c.value()) : x;
    }

    private TExpr inRange(TExpr whole, Scalar to, Span span) {
        Long value = s.folding.intValue(whole);
        if (value != null && (value < Coercion.least(to) || value > Coercion.most(to))) {
            return s.bad(
                    span,
                    Diagnostic.error("PEL0206", whole.span(), value + " is out of range for " + to)
                            .under("must lie in " + Coercion.least(to) + ".." + Coercion.most(to)));
        }
        return new TExpr.Convert(span, Scalar.INT, to, whole);
    }

    private static boolean converts(Scalar from, Scalar to) {
        boolean number = from.isNumeric() && from != Scalar.COMPLEX;
        return switch (to) {
            case INT, FLOAT, FLOAT32, INT32, INT16, BYTE -> number || from == Scalar.BOOL;
            case BOOL -> from == Scalar.BOOL || from.isIntegral();
            case COMPLEX -> from.isNumeric();
            case VEC2, VEC3, VEC4 -> from == to;
            case STRING, VOID, ERROR -> false;
        };
    }

    private static Diagnostic refuse(TExpr x, Scalar to) {
        Diagnostic d = Diagnostic.error("PEL0203", x.span(), Words.a(x.type()) + " does not convert to " + to)
                .under("this is " + Words.a(x.type()));
        if (x.type() == Scalar.STRING && (to == Scalar.INT || to == Scalar.FLOAT)) {
            return d.note("`parse_" + to + "(..)` reads a number from text");
        }
        return x.type() == Scalar.COMPLEX ? d.note("take `.re`, `.im` or `abs(..)`") : d;
    }
}
