package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Distribution;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Iteration;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/**
 * Stores to slices of outer arrays in the body of a divided loop become loops over elements, so that everything that is known of elements holds for them:
 * {@code a[i, 2..<5] = row} becomes {@code let row0 = row[..]; assert ..; var n = 0; for k in 2..<5 { a[i, k] = row0[n]; n += 1 }}.
 */
final class SliceStores extends Rewriter {
    private final IntSupplier ids;
    private final Set<Var> locals = new HashSet<>();

    /** @param ids numbers of new variables */
    SliceStores(IntSupplier ids) {
        this.ids = ids;
    }

    /** The body of a loop without stores to slices. */
    TStmt.TBlock rewrite(TStmt.TBlock body) {
        boolean[] found = {false};
        for (TStmt root : body.statements()) {
            Trees.walkStatements(root, s -> {
                switch (s) {
                    case TStmt.Declare d -> locals.add(d.variable());
                    case TStmt.DeclareTuple t -> locals.addAll(t.variables());
                    case TStmt.For f -> locals.addAll(f.iteration().indices());
                    case TStmt.Assign a -> found[0] |= a.place() instanceof Place.Slice;
                    case TStmt.Update u -> found[0] |= u.place() instanceof Place.Slice;
                    case TStmt.MultiAssign m -> found[0] |= m.places().stream().anyMatch(Place.Slice.class::isInstance);
                    default -> {}
                }
            });
        }
        return found[0] ? block(body) : body;
    }

    @Override
    protected TStmt.TBlock block(TStmt.TBlock b) {
        List<TStmt> out = new ArrayList<>();
        for (TStmt s : b.statements()) {
            switch (s) {
                case TStmt.Assign a when outer(a.place()) instanceof Place.Slice slice -> store(slice, null, a.value(), out);
                case TStmt.Update u when outer(u.place()) instanceof Place.Slice slice -> store(slice, u.op(), u.value(), out);
                case TStmt.MultiAssign m when m.places().stream().anyMatch(p -> outer(p) != null) -> several(m, out);
                default -> out.add(statement(s));
            }
        }
        return new TStmt.TBlock(b.span(), List.copyOf(out));
    }

    private Place.@Nullable Slice outer(Place place) {
        return place instanceof Place.Slice s && s.array() instanceof Place.Variable v && !locals.contains(v.variable()) ? s : null;
    }

    /** All values first, then one store after the other. */
    private void several(TStmt.MultiAssign m, List<TStmt> out) {
        List<TExpr> kept = new ArrayList<>();
        for (TExpr value : m.values()) {
            kept.add(let("value", value, out));
        }
        for (int k = 0; k < kept.size(); k++) {
            Place.Slice slice = outer(m.places().get(k));
            if (slice != null) {
                store(slice, null, kept.get(k), out);
            } else {
                out.add(new TStmt.Assign(m.span(), m.places().get(k), kept.get(k)));
            }
        }
    }

    /** @param op of an update, null for a store */
    private void store(Place.Slice slice, TExpr.@Nullable BinaryOp op, TExpr value, List<TStmt> out) {
        Span at = slice.span();
        Place.Variable array = (Place.Variable) slice.array();
        Type.Array type = (Type.Array) array.type();
        boolean spread = value.type() instanceof Type.Array;
        TExpr source = let("source", spread ? fromZero(value) : value, out);
        List<TExpr> subscripts = new ArrayList<>();
        List<TExpr> positions = new ArrayList<>();
        List<TStmt> loops = new ArrayList<>();
        List<Var> counters = new ArrayList<>();
        for (int d = 0; d < slice.subscripts().size(); d++) {
            TExpr.TSub sub = slice.subscripts().get(d);
            if (sub.index() != null) {
                subscripts.add(index(sub.index(), out));
                continue;
            }
            Var k = fresh("k", Var.Kind.FOR_INDEX, Type.Scalar.INT, at);
            TExpr space = sub.range() != null ? sub.range() : wholeAxis(array, type, d, at);
            subscripts.add(read(k, at));
            Var n = fresh("n", Var.Kind.VAR, Type.Scalar.INT, at);
            counters.add(n);
            positions.add(read(n, at));
            loops.add(new TStmt.For(at, new Iteration(at, false, List.of(k), space, List.of(), null), new TStmt.TBlock(at, List.of())));
        }
        if (spread) {
            sameExtents(source, loops, at, out);
        }
        Place.Element element = new Place.Element(at, type.element(), array, List.copyOf(subscripts));
        TExpr part = spread ? stored(type.element(), ((Type.Array) value.type()).element(), new TExpr.Element(
                at, ((Type.Array) value.type()).element().asValue(), source, List.copyOf(positions))) : source;
        TStmt change = op == null ? new TStmt.Assign(at, element, part) : new TStmt.Update(at, element, op, part);
        nest(change, loops, counters, out);
    }

    /** An array's elements with subscripts from 0. */
    private static TExpr fromZero(TExpr value) {
        boolean already = value instanceof TExpr.Slice || value instanceof TExpr.ArrayNew
                || value instanceof TExpr.ArrayComprehension c && !c.iteration().parallel();
        Type.Array type = (Type.Array) value.type();
        return already ? value : new TExpr.Slice(value.span(), new Type.Array(type.element(), type.axes(), Distribution.LOCAL), value,
                java.util.Collections.nCopies(type.axes(), new TExpr.TSub(null, null)));
    }

    /** {@code var n = 0; for k in .. { .. n += 1 }}, one inside the other. */
    private void nest(TStmt innermost, List<TStmt> loops, List<Var> counters, List<TStmt> out) {
        List<TStmt> inside = List.of(innermost);
        for (int d = loops.size() - 1; d >= 0; d--) {
            TStmt.For head = (TStmt.For) loops.get(d);
            Var n = counters.get(d);
            Span at = head.span();
            List<TStmt> body = new ArrayList<>(inside);
            body.add(new TStmt.Update(at, new Place.Variable(at, Type.Scalar.INT, n), TExpr.BinaryOp.ADD, new TExpr.Constant(at, Type.Scalar.INT, 1L)));
            inside = List.of(
                    new TStmt.Declare(at, n, new TExpr.Constant(at, Type.Scalar.INT, 0L)),
                    new TStmt.For(at, head.iteration(), new TStmt.TBlock(at, List.copyOf(body))));
        }
        out.addAll(inside);
    }

    private static void sameExtents(TExpr source, List<TStmt> loops, Span at, List<TStmt> out) {
        int axes = ((Type.Array) source.type()).axes();
        Type.Domain whole = new Type.Domain(axes, Distribution.LOCAL);
        TExpr domain = new TExpr.IntrinsicCall(at, whole, Intrinsic.DOMAIN_OF, List.of(source));
        for (int d = 0; d < loops.size(); d++) {
            TExpr axis = axis(domain, d, Distribution.LOCAL, at);
            TExpr equal = new TExpr.Compare(at, Type.Scalar.BOOL, TExpr.CompareOp.EQ, len(axis, at), len(((TStmt.For) loops.get(d)).iteration().space(), at));
            out.add(new TStmt.Assert(at, equal, new TExpr.Constant(at, Type.Scalar.STRING, "assignment to a slice between arrays of different extents")));
        }
    }

    private static TExpr len(TExpr set, Span at) {
        return new TExpr.IntrinsicCall(at, Type.Scalar.INT, Intrinsic.LEN, List.of(set));
    }

    private static TExpr axis(TExpr domain, int d, Distribution distribution, Span at) {
        return new TExpr.IntrinsicCall(at, new Type.Domain(1, distribution), Intrinsic.AXIS, List.of(domain, new TExpr.Constant(at, Type.Scalar.INT, (long) d)));
    }

    private static TExpr wholeAxis(Place.Variable array, Type.Array type, int d, Span at) {
        Distribution all = type.distribution();
        TExpr domain = new TExpr.IntrinsicCall(at, new Type.Domain(type.axes(), all), Intrinsic.DOMAIN_OF,
                List.of(new TExpr.Read(at, type, array.variable())));
        Distribution one = all.isLocal() ? Distribution.LOCAL : new Distribution(List.of(all.axes().get(d)), all.periodic());
        return axis(domain, d, one, at);
    }

    /** What is stored into a place of a storage type is checked. */
    private static TExpr stored(Type to, Type from, TExpr value) {
        return to.isIntegral() && to != Type.Scalar.INT && !to.equals(from) ? new TExpr.Convert(value.span(), Type.Scalar.INT, to, value) : value;
    }

    /** An index that is evaluated once, before the loops. */
    private TExpr index(TExpr e, List<TStmt> out) {
        boolean fixed = e instanceof TExpr.Constant || e instanceof TExpr.Read r && r.variable().kind() != Var.Kind.VAR;
        if (fixed) {
            return e;
        }
        return e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE
                ? new TExpr.IntrinsicCall(c.span(), c.type(), Intrinsic.UNIQUE, List.of(index(c.arguments().getFirst(), out)))
                : let("at", e, out);
    }

    private TExpr let(String name, TExpr value, List<TStmt> out) {
        Var v = fresh(name, Var.Kind.LET, value.type(), value.span());
        out.add(new TStmt.Declare(value.span(), v, value));
        return read(v, value.span());
    }

    private Var fresh(String name, Var.Kind kind, Type type, Span span) {
        Var v = new Var(ids.getAsInt(), name, kind, type, span);
        locals.add(v);
        return v;
    }

    private static TExpr read(Var v, Span span) {
        return new TExpr.Read(span, v.type().asValue(), v);
    }
}
