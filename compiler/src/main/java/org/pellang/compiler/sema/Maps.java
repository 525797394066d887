package org.pellang.compiler.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.DistSyntax;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.TypeSyntax;

/** {@code map K -> V}: the type, its keys, {@code has remove top}, and values that become maps. */
final class Maps {
    private final Session s;

    Maps(Session session) {
        this.s = session;
    }

    /** The type as written; {@code dist} is the clause of the declaration or null. */
    Type type(TypeSyntax.MapOf m, @Nullable DistSyntax dist, Scope scope) {
        Type key = s.types.plain(m.key(), scope).asValue();
        Type value = s.types.plain(m.value(), scope);
        if (key.isError() || value.isError()) {
            return Scalar.ERROR;
        }
        if (!isKey(key)) {
            s.report(Diagnostic.error("PEL0228", m.key().span(), Words.a(key) + " cannot be a key of a map")
                    .under("has no order")
                    .note("keys are ints, floats, bools, strings, and tuples and records of these"));
            return Scalar.ERROR;
        }
        if (m.value() instanceof TypeSyntax.Array a && !Types.open(a)) {
            s.report(Diagnostic.error("PEL0228", m.value().span(), "the arrays in a map have open extents")
                    .under("a key that is missing reads as an empty array")
                    .note("write `[_] T`, or put the array into a record: `record V { xs: [3] float }` and `map K -> V`"));
            return Scalar.ERROR;
        }
        if (!isValue(value, m.span())) {
            s.report(Diagnostic.error("PEL0228", m.value().span(), "a map cannot hold values of type " + value));
            return Scalar.ERROR;
        }
        return new Type.MapOf(key, value, dist != null && spread(dist));
    }

    private boolean spread(DistSyntax dist) {
        boolean hash = dist.axes().size() == 1 && dist.axes().getFirst().kind().equals("hash");
        if (!hash) {
            s.report(Diagnostic.error("PEL0222", dist.span(), "a map is spread over the ranks by its keys: `dist hash`")
                    .fix("spread it by hash", dist.span(), "dist hash"));
        }
        return hash;
    }

    private static boolean isKey(Type t) {
        return switch (t) {
            case Scalar x -> switch (x) {
                case INT, FLOAT, BOOL, STRING, INT32, INT16, BYTE, FLOAT32 -> true;
                case COMPLEX, VEC2, VEC3, VEC4, VOID, ERROR -> false;
            };
            case Type.Tuple x -> x.elements().stream().allMatch(Maps::isKey);
            case Type.Record x -> x.fields().stream().allMatch(f -> isKey(f.type()));
            default -> false;
        };
    }

    private static boolean isValue(Type t, Span at) {
        return Zeros.of(t, at) != null || t instanceof Type.Array a && a.distribution().isLocal();
    }

    /** The key between the brackets, of the map's key type; several subscripts are the components of a tuple. Null after a report. */
    @Nullable TExpr key(Type.MapOf map, Expr.Subscript e, Scope scope) {
        List<Expr> written = e.subs().stream().map(Expr.Sub::expr).filter(java.util.Objects::nonNull).toList();
        if (written.size() != e.subs().size()) {
            s.report(Diagnostic.error("PEL0212", e.span(), "a map has no slices: a subscript is a key"));
            return null;
        }
        Expr key = written.size() == 1 ? written.getFirst() : new Expr.Tuple(written.getFirst().span().to(written.getLast().span()), written);
        return key(map, key, scope);
    }

    private @Nullable TExpr key(Type.MapOf map, Expr written, Scope scope) {
        if (written instanceof Expr.Call c && c.callee() instanceof Expr.Name n && n.name().equals("unique") && c.arguments().size() == 1
                && s.names.find("unique", scope) instanceof Symbol.BuiltIn) {
            TExpr inner = key(map, c.arguments().getFirst().value(), scope);
            return inner == null ? null : new TExpr.IntrinsicCall(c.span(), inner.type(), Intrinsic.UNIQUE, List.of(inner));
        }
        TExpr value = s.expressions.value(written, scope, map.key());
        TExpr fitted = s.coercion.to(value, map.key(), "the key");
        return fitted.type().isError() ? null : fitted;
    }

    /** {@code has(m, k)}, {@code remove(m, k)}. */
    TExpr call(String name, Expr.Call c, Scope scope) {
        return switch (name) {
            case "has" -> has(c, scope);
            case "remove" -> remove(c, scope);
            default -> top(c, scope);
        };
    }

    private TExpr has(Expr.Call c, Scope scope) {
        List<Expr> args = s.arrayFunctions.arguments(c, scope, "has", "m", "key");
        TExpr map = args == null ? null : map(args.getFirst(), scope, "has");
        TExpr key = args == null || map == null ? null : key((Type.MapOf) map.type(), args.getLast(), scope);
        return map == null || key == null
                ? new TExpr.Bad(c.span(), Scalar.BOOL)
                : new TExpr.IntrinsicCall(c.span(), Scalar.BOOL, Intrinsic.HAS, List.of(map, key));
    }

    private TExpr remove(Expr.Call c, Scope scope) {
        List<Expr> args = s.arrayFunctions.arguments(c, scope, "remove", "m", "key");
        Place place = args == null ? null : s.places.place(args.getFirst(), scope);
        if (args == null || place == null) {
            return new TExpr.Bad(c.span(), Scalar.VOID);
        }
        if (!(place.type() instanceof Type.MapOf m)) {
            return s.bad(c.span(), Diagnostic.error("PEL0201", place.span(), "`remove` needs a map, not " + Words.a(place.type()))
                    .under("this is " + Words.a(place.type())));
        }
        TExpr key = key(m, args.getLast(), scope);
        return key == null
                ? new TExpr.Bad(c.span(), Scalar.VOID)
                : new TExpr.IntrinsicCall(c.span(), Scalar.VOID, Intrinsic.REMOVE, List.of(s.mutable.of(place, c, scope), key));
    }

    private TExpr top(Expr.Call c, Scope scope) {
        List<Expr> args = s.arrayFunctions.arguments(c, scope, "top", "m", "k");
        TExpr map = args == null ? null : map(args.getFirst(), scope, "top");
        if (args == null || map == null) {
            return Session.bad(c.span());
        }
        Type.MapOf m = (Type.MapOf) map.type();
        TExpr count = s.coercion.to(s.expressions.value(args.getLast(), scope, Scalar.INT), Scalar.INT, "the number of entries");
        if (!isKey(m.value())) {
            return s.bad(c.span(), Diagnostic.error("PEL0201", map.span(), "`top` orders by value, and " + Words.a(m.value()) + " has no order")
                    .under("this is " + Words.a(m)));
        }
        return count.type().isError()
                ? Session.bad(c.span())
                : new TExpr.IntrinsicCall(c.span(), pairs(m), Intrinsic.TOP, List.of(map, count));
    }

    /** The entries in ascending order of the keys, as an array of pairs. */
    static TExpr entries(TExpr map) {
        return new TExpr.IntrinsicCall(map.span(), pairs((Type.MapOf) map.type()), Intrinsic.ENTRIES, List.of(map));
    }

    private static Type pairs(Type.MapOf m) {
        return new Type.Array(m.pair(), 1, Distribution.LOCAL);
    }

    private @Nullable TExpr map(Expr e, Scope scope, String name) {
        TExpr x = s.expressions.value(e, scope, null);
        if (x.type() instanceof Type.MapOf) {
            return x;
        }
        if (!x.type().isError()) {
            s.report(Diagnostic.error("PEL0201", x.span(), "`" + name + "` needs a map, not " + Words.a(x.type()))
                    .under("this is " + Words.a(x.type())));
        }
        return null;
    }

    /** An array or list of pairs, or a map that is spread differently, as a map; null if {@code e} is none. */
    static @Nullable TExpr from(TExpr e, Type.MapOf to) {
        Type.Tuple pair = to.pair();
        boolean fits = switch (e.type()) {
            case Type.Array a -> a.axes() == 1 && a.distribution().isLocal() && a.element().equals(pair);
            case Type.ListOf l -> l.element().equals(pair);
            case Type.MapOf m -> m.key().equals(to.key()) && m.value().equals(to.value());
            default -> false;
        };
        return fits ? new TExpr.MapNew(e.span(), to, e) : null;
    }
}
