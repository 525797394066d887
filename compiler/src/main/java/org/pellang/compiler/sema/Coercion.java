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

/** Implicit conversions: what loses nothing happens by itself, what may lose something must be written. */
final class Coercion {
    private final Session s;

    Coercion(Session session) {
        this.s = session;
    }

    /** {@code e} as a value for a place of type {@code target}; {@code what} names the place in messages. */
    TExpr to(TExpr e, Type target, String what) {
        TExpr fitted = fit(e, target);
        if (fitted != null) {
            return fitted;
        }
        return s.bad(e.span(), mismatch(e, target, what));
    }

    /**
     * {@code e} as the new contents of a whole array of type {@code target}. If that is distributed the arrays may be spread in different ways: elements move;
     * whether they do is known at run time only, even where the types are equal. A copy of all of it on every rank must be asked for.
     */
    TExpr contents(TExpr e, Type target, String what) {
        boolean moves = target instanceof Type.Array to
                && e.type() instanceof Type.Array from
                && alike(from, to)
                && !to.distribution().isLocal();
        if (target instanceof Type.Array to && e.type() instanceof Type.Array from && alike(from, to) && to.distribution().isLocal() && from.distribution().isLocal()) {
            // One of them may be periodic.
            return e;
        }
        return moves && !(e instanceof TExpr.ArrayComprehension && e.type().equals(target))
                ? new TExpr.IntrinsicCall(e.span(), target, Intrinsic.REDISTRIBUTE, List.of(e))
                : to(e, target, what);
    }

    /** Whether two arrays differ in their distribution at most. */
    static boolean alike(Type.Array a, Type.Array b) {
        return a.element().equals(b.element()) && a.axes() == b.axes();
    }

    /** {@code e} converted without loss to {@code target}, or null. */
    @Nullable TExpr fit(TExpr e, Type target) {
        Type from = e.type();
        if (from.isError() || target.isError()) {
            return from.isError() ? e : Session.bad(e.span());
        }
        if (target instanceof Scalar to && (isStorage(to) || from instanceof Scalar)) {
            return scalar(e, to);
        }
        if (from.equals(target)) {
            return e;
        }
        if (target instanceof Type.MapOf to) {
            return Maps.from(e, to);
        }
        if (target instanceof Type.Tuple to && from instanceof Type.Tuple) {
            return tuple(e, to);
        }
        if (target instanceof Type.ListOf to && from instanceof Type.Array a && a.axes() == 1 && a.distribution().isLocal() && a.element().equals(to.element())) {
            return new TExpr.IntrinsicCall(e.span(), to, Intrinsic.TO_LIST, List.of(e));
        }
        return null;
    }

    private static boolean isStorage(Scalar t) {
        return t == Scalar.INT32 || t == Scalar.INT16 || t == Scalar.BYTE;
    }

    private @Nullable TExpr scalar(TExpr e, Scalar to) {
        if (isStorage(to)) {
            return e.type() == Scalar.INT && within(e, to) ? e : null;
        }
        if (e.type() == to) {
            return e;
        }
        return widens((Scalar) e.type(), to) || literalFits(e, to) ? convert(e, to) : null;
    }

    /** Whether every value of {@code from} is a value of {@code to}, to the language. */
    private static boolean widens(Scalar from, Scalar to) {
        return switch (to) {
            case FLOAT -> from == Scalar.INT || from == Scalar.FLOAT32;
            case COMPLEX -> from == Scalar.INT || from == Scalar.FLOAT || from == Scalar.FLOAT32;
            case INT, FLOAT32, BOOL, STRING, VEC2, VEC3, VEC4, INT32, INT16, BYTE, VOID, ERROR -> false;
        };
    }

    private static boolean literalFits(TExpr e, Scalar to) {
        return to == Scalar.FLOAT32
                && e instanceof TExpr.Constant c
                && c.value() instanceof Number n
                && (Double.isInfinite(n.doubleValue()) || !Float.isInfinite(n.floatValue()));
    }

    /** Whether a value is known to lie in the range of a storage type: a constant, a checked conversion, a read of such a place. */
    private boolean within(TExpr e, Scalar to) {
        return switch (e) {
            case TExpr.Constant c -> c.value() instanceof Long v && v >= least(to) && v <= most(to);
            case TExpr.Convert c -> fitsIn(c.target(), to);
            case TExpr.Read r -> fitsIn(r.variable().type(), to);
            case TExpr.Element a -> fitsIn(elementOf(a.array().type()), to);
            case TExpr.Component c -> switch (c.value().type()) {
                case Type.Record r -> fitsIn(r.fields().get(c.index()).type(), to);
                case Type.Tuple t -> fitsIn(t.elements().get(c.index()), to);
                default -> false;
            };
            case TExpr.Conditional c -> within(c.then(), to) && within(c.otherwise(), to);
            case TExpr.Call c -> fitsIn(s.instances.result(c.function()), to);
            case TExpr.CallValue c -> c.function().type() instanceof Type.Function f && fitsIn(f.result(), to);
            case TExpr.RemoteRead r -> r.add() == null && within(r.element(), to);
            case TExpr.IntrinsicCall c -> c.intrinsic() == Intrinsic.POP && fitsIn(elementOf(c.arguments().getFirst().type()), to)
                    || c.intrinsic() == Intrinsic.AWAIT && c.arguments().getFirst().type() instanceof Type.Future f && fitsIn(f.value(), to);
            default -> false;
        };
    }

    private static Type elementOf(Type t) {
        return t instanceof Type.Array a ? a.element() : t instanceof Type.ListOf l ? l.element() : t;
    }

    private static boolean fitsIn(Type from, Scalar to) {
        return from == to || (from == Scalar.INT16 && to == Scalar.INT32) || (from == Scalar.BYTE && to != Scalar.BYTE);
    }

    /** The smallest value of a storage type. */
    static long least(Scalar t) {
        return switch (t) {
            case INT32 -> Integer.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case BYTE -> 0;
            case INT, FLOAT, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, FLOAT32, VOID, ERROR -> Long.MIN_VALUE;
        };
    }

    /** The largest value of a storage type. */
    static long most(Scalar t) {
        return switch (t) {
            case INT32 -> Integer.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case BYTE -> 255;
            case INT, FLOAT, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, FLOAT32, VOID, ERROR -> Long.MAX_VALUE;
        };
    }

    /** A conversion that the types allow; literals are converted at once. */
    static TExpr convert(TExpr e, Scalar to) {
        if (e.type() == to) {
            return e;
        }
        if (e instanceof TExpr.Constant c && c.value() instanceof Number n) {
            if (to == Scalar.FLOAT) {
                return new TExpr.Constant(e.span(), to, n.doubleValue());
            }
            if (to == Scalar.FLOAT32) {
                return new TExpr.Constant(e.span(), to, (double) n.floatValue());
            }
            if (to == Scalar.COMPLEX) {
                return new TExpr.ComplexConstant(e.span(), to, n.doubleValue(), 0.0);
            }
        }
        return new TExpr.Convert(e.span(), to, to, e);
    }

    private @Nullable TExpr tuple(TExpr e, Type.Tuple to) {
        Type.Tuple from = (Type.Tuple) e.type();
        if (from.elements().size() != to.elements().size()) {
            return null;
        }
        boolean simple = e instanceof TExpr.TupleNew || e instanceof TExpr.Read;
        List<TExpr> elements = new ArrayList<>();
        for (int i = 0; i < to.elements().size(); i++) {
            TExpr part = e instanceof TExpr.TupleNew t
                    ? t.elements().get(i)
                    : new TExpr.Component(e.span(), from.elements().get(i), e, i, String.valueOf(i));
            TExpr fitted = simple ? fit(part, to.elements().get(i)) : null;
            if (fitted == null) {
                return null;
            }
            elements.add(fitted);
        }
        return new TExpr.TupleNew(e.span(), to, elements);
    }

    /** How far a value is from a parameter: 0 the same type, 1 an implicit conversion, -1 does not fit. */
    int cost(TExpr e, Type target) {
        if (e.type().equals(target)) {
            return 0;
        }
        TExpr fitted = fit(e, target);
        return fitted == null ? -1 : 1;
    }

    /** The message that {@code e} does not fit. */
    Diagnostic mismatch(TExpr e, Type target, String what) {
        Span at = e.span();
        Type from = e.type();
        if (from == Scalar.VOID) {
            return Diagnostic.error("PEL0201", at, what + " needs a value, and this gives none");
        }
        if (target instanceof Scalar to && from instanceof Scalar && target.isNumeric() && from.isNumeric()) {
            return numeric(e, to, what);
        }
        Diagnostic d = Diagnostic.error("PEL0201", at, what + " must be " + Words.a(target) + ", not " + Words.a(from))
                .under("this is " + Words.a(from));
        if (target instanceof Type.Tuple t && from instanceof Type.Tuple f && t.elements().size() != f.elements().size()) {
            return Diagnostic.error("PEL0204", at, what + " needs a tuple of " + t.elements().size() + ", not of " + f.elements().size())
                    .under("this is " + Words.a(from));
        }
        return hints(d, e, target);
    }

    private Diagnostic hints(Diagnostic d, TExpr e, Type target) {
        Type from = e.type();
        String text = e.span().text();
        if (target == Scalar.BOOL && from.isNumeric()) {
            return d.note("numbers are not conditions in PEL; compare, for instance `" + text + " != 0`");
        }
        if (target == Scalar.STRING) {
            return d.fix("show it as text", e.span(), "\"{" + text + "}\"");
        }
        if (from == Scalar.STRING && target.isNumeric()) {
            return d.note("`parse_int` and `parse_float` read numbers from text");
        }
        if (from == Scalar.BOOL && target.isNumeric()) {
            return d.fix("true is 1, false is 0", e.span(), target.asValue() + "(" + text + ")");
        }
        if (from instanceof Type.Array a && target instanceof Type.Array b && a.axes() == b.axes()) {
            if (a.element().equals(b.element())) {
                return b.distribution().isLocal()
                        ? d.note("the array is spread over the ranks; `replicate(" + text + ")` gives every rank all of it")
                        : d.note("the two arrays are spread over the ranks in different ways; copy with a `forall`");
            }
            if (a.distribution().equals(b.distribution()) && b.element() instanceof Scalar x && x.isNumeric()) {
                return d.fix("convert each element", e.span(), x + "(" + text + ")");
            }
        }
        return d;
    }

    private Diagnostic numeric(TExpr e, Scalar to, String what) {
        Span at = e.span();
        if (isStorage(to) && e.type() == Scalar.INT) {
            Long value = s.folding.intValue(e);
            if (value != null && (value < least(to) || value > most(to))) {
                return Diagnostic.error("PEL0206", at, value + " is out of range for " + to)
                        .under("must lie in " + least(to) + ".." + most(to));
            }
        }
        String from = e.type().toString();
        Diagnostic d = Diagnostic.error("PEL0202", at, what + " is " + Words.a(to) + ": " + from + " to " + to + " can lose information")
                .under("this is " + Words.a(e.type()))
                .note("what can lose information must be written");
        if (e.type() == Scalar.COMPLEX) {
            return d.note("take `.re`, `.im` or `abs(..)` of a complex number");
        }
        String why = to == Scalar.FLOAT32 ? "round it" : e.type() == Scalar.INT ? "check its range at run time" : "truncate it";
        return d.fix(why, at, to + "(" + at.text() + ")");
    }
}
