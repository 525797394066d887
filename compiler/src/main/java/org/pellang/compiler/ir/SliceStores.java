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
 * {@code a[i, 2..<5] = row} becomes {@code let row0 = row[..]; assert ..; var n = 0; for k in 2..<5 { a[i, k] = row0[n]; n += 1 }}. Stores into arrays and lists
 * that are elements themselves, or fields of elements, become stores of elements: {@code a[i].xs[k] = v} becomes {@code var xs = a[i].xs; xs[k] = v; a[i].xs = xs}.
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
                    case TStmt.Assign a -> found[0] |= a.place() instanceof Place.Slice || holder(a.place()) != null;
                    case TStmt.Update u -> found[0] |= u.place() instanceof Place.Slice || holder(u.place()) != null;
                    case TStmt.MultiAssign m -> found[0] |= m.places().stream().anyMatch(p -> p instanceof Place.Slice || holder(p) != null);
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
                case TStmt.MultiAssign m when m.places().stream().anyMatch(p -> outer(p) != null || holder(p) != null) -> several(m, out);
                case TStmt.Assign a when holder(a.place()) instanceof Place h ->
                    inside(h, a.place(), p -> out.add(new TStmt.Assign(a.span(), p, a.value())), out);
                case TStmt.Update u when holder(u.place()) instanceof Place h ->
                    inside(h, u.place(), p -> out.add(new TStmt.Update(u.span(), p, u.op(), u.value())), out);
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
            Place place = m.places().get(k);
            Place holder = holder(place);
            TExpr value = kept.get(k);
            if (slice != null) {
                store(slice, null, kept.get(k), out);
            } else if (holder != null) {
                inside(holder, place, p -> out.add(new TStmt.Assign(m.span(), p, value)), out);
            } else {
                out.add(new TStmt.Assign(m.span(), m.places().get(k), kept.get(k)));
            }
        }
    }

    /** The part of an element of an outer array that holds the array or list into which a place leads; null if it leads into none. */
    private @Nullable Place holder(Place place) {
        return switch (place) {
            case Place.Variable _ -> null;
            case Place.Component c -> holder(c.value());
            case Place.Slice s -> held(s.array());
            case Place.Element e -> held(e.array());
        };
    }

    private @Nullable Place held(Place array) {
        Place deeper = holder(array);
        return deeper != null ? deeper : isElement(array) ? array : null;
    }

    /** Whether a place is an element of an outer array, or a component of one. */
    private boolean isElement(Place place) {
        return switch (place) {
            case Place.Component c -> isElement(c.value());
            case Place.Element e -> e.array() instanceof Place.Variable v && v.type() instanceof Type.Array && !locals.contains(v.variable());
            case Place.Variable _, Place.Slice _ -> false;
        };
    }

    /** Changes a copy of what an element holds and stores it back. */
    private void inside(Place holder, Place place, java.util.function.Consumer<Place> change, List<TStmt> out) {
        Place fixed = fixed(holder, out);
        Var copy = fresh("copy", Var.Kind.VAR, holder.type(), holder.span());
        out.add(new TStmt.Declare(holder.span(), copy, asExpr(fixed)));
        change.accept(instead(place, holder, new Place.Variable(holder.span(), holder.type(), copy)));
        out.add(new TStmt.Assign(holder.span(), again(fixed), read(copy, holder.span())));
    }

    /** The place with its subscripts evaluated once. */
    private Place fixed(Place place, List<TStmt> out) {
        return switch (place) {
            case Place.Variable v -> v;
            case Place.Component c -> new Place.Component(c.span(), c.type(), fixed(c.value(), out), c.index(), c.name());
            case Place.Element e -> new Place.Element(e.span(), e.type(), fixed(e.array(), out), e.subscripts().stream().map(x -> index(x, out)).toList());
            case Place.Slice s -> s;
        };
    }

    /** Another node for another access: uses are found again by the identity of their subscripts. */
    private static Place again(Place place) {
        return switch (place) {
            case Place.Variable v -> v;
            case Place.Component c -> new Place.Component(c.span(), c.type(), again(c.value()), c.index(), c.name());
            case Place.Element e -> new Place.Element(e.span(), e.type(), again(e.array()), new ArrayList<>(e.subscripts()));
            case Place.Slice s -> s;
        };
    }

    private static Place instead(Place place, Place holder, Place other) {
        if (place == holder) {
            return other;
        }
        return switch (place) {
            case Place.Variable v -> v;
            case Place.Component c -> new Place.Component(c.span(), c.type(), instead(c.value(), holder, other), c.index(), c.name());
            case Place.Element e -> new Place.Element(e.span(), e.type(), instead(e.array(), holder, other), e.subscripts());
            case Place.Slice s -> new Place.Slice(s.span(), s.type(), instead(s.array(), holder, other), s.subscripts());
        };
    }

    private static TExpr asExpr(Place place) {
        return switch (place) {
            case Place.Variable v -> new TExpr.Read(v.span(), v.type().asValue(), v.variable());
            case Place.Component c -> new TExpr.Component(c.span(), c.type().asValue(), asExpr(c.value()), c.index(), c.name());
            case Place.Element e -> new TExpr.Element(e.span(), e.type().asValue(), asExpr(e.array()), plain(e.subscripts()));
            case Place.Slice s -> new TExpr.Slice(s.span(), s.type(), asExpr(s.array()), s.subscripts());
        };
    }

    /** What is read needs no promise. */
    private static List<TExpr> plain(List<TExpr> subscripts) {
        return subscripts.stream()
                .map(e -> e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE ? c.arguments().getFirst() : e).toList();
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
