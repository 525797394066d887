package org.pellang.compiler.interpreter;

import java.util.List;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.Place;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;

/** What stands left of an assignment: its subscripts are evaluated once, then it is read and written. */
final class Places {
    /** A place with its subscripts evaluated. {@code path}: components below it, separated by dots, or empty. */
    interface Ref {
        Object get(String path);

        void set(String path, Object value);
    }

    private final Machine machine;

    Places(Machine machine) {
        this.machine = machine;
    }

    Ref ref(Place place) {
        return switch (place) {
            case Place.Variable v -> new VariableRef(machine, v.variable(), v.span());
            case Place.Component c -> new ComponentRef(ref(c.value()), c.index(), c.value().type() instanceof Type.Record r && r.fields().get(c.index()).open());
            case Place.Slice s -> new SliceRef(machine, (ArrayValue) ref(s.array()).get(""), s);
            case Place.Element e -> element(e);
        };
    }

    private Ref element(Place.Element e) {
        Ref holder = ref(e.array());
        Object whole = holder.get("");
        if (whole instanceof MapValue map) {
            TExpr key = e.subscripts().getFirst();
            boolean unique = key instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE;
            return new MapRef(machine, map, machine.eval(key), e, unique);
        }
        long[] index = e.subscripts().stream().mapToLong(Places.this::subscript).toArray();
        if (machine.loop != null && !(holder instanceof VariableRef)) {
            return new HeldRef(holder, whole instanceof ListValue list ? list.index(index[0]) : ((ArrayValue) whole).position(index));
        }
        if (whole instanceof ListValue list) {
            return new ListRef(list, list.index(index[0]));
        }
        ArrayValue array = (ArrayValue) whole;
        boolean unique = e.subscripts().stream().anyMatch(s -> s instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE);
        return new ElementRef(machine, array, array.position(index), e.span(), unique);
    }

    private long subscript(TExpr e) {
        return machine.integer(e);
    }

    private record VariableRef(Machine machine, Var variable, Span span) implements Ref {
        @Override
        public Object get(String path) {
            return Paths.get(machine.get(variable, span), path);
        }

        @Override
        public void set(String path, Object value) {
            machine.assign(variable, path.isEmpty() ? value : Paths.with(machine.get(variable, span), path, value), span);
        }
    }

    record ComponentRef(Ref value, int index, boolean open) implements Ref {
        @Override
        public Object get(String path) {
            return value.get(Paths.join(index, path));
        }

        @Override
        public void set(String path, Object v) {
            value.set(Paths.join(index, path), v);
        }
    }

    private record ListRef(ListValue list, int at) implements Ref {
        @Override
        public Object get(String path) {
            return Paths.get(list.items.get(at), path);
        }

        @Override
        public void set(String path, Object value) {
            list.items.set(at, Paths.with(list.items.get(at), path, value));
        }
    }

    /** The value of a map for a key. Lists, arrays and maps that are missing are put in when they are about to change. */
    record MapRef(Machine machine, MapValue map, Object key, Place.Element place, boolean unique) implements Ref {
        @Override
        public Object get(String path) {
            Object value = new MapFunctions(machine).get(map, key, place.type(), place.span());
            Object part = Paths.get(value, path);
            boolean refers = part instanceof ListValue || part instanceof ArrayValue || part instanceof MapValue;
            if (refers && !map.entries.containsKey(key)) {
                map.entries.put(key, value);
            }
            return part;
        }

        @Override
        public void set(String path, Object value) {
            DividedLoop loop = machine.loop;
            if (loop != null) {
                loop.mapWrite(machine, this, path, value);
            } else if (map.shared) {
                Shared.once(machine, place.span(), "entry", () -> {
                    put(map, path, value);
                    return Boolean.TRUE;
                });
            } else {
                put(map, path, value);
            }
        }

        void put(MapValue target, String path, Object value) {
            Object before = target.entries.get(key);
            target.entries.put(key, Paths.with(before == null ? Values.zero(place.type()) : before, path, Values.copy(value)));
        }
    }

    /** An element of an array or list that is held by an element of another one, in a divided loop: the holder gets a new value. */
    private record HeldRef(Ref holder, int at) implements Ref {
        @Override
        public Object get(String path) {
            Object whole = holder.get("");
            return Paths.get(whole instanceof ListValue list ? list.items.get(at) : ((ArrayValue) whole).data[at], path);
        }

        @Override
        public void set(String path, Object value) {
            Object whole = Values.copy(holder.get(""));
            if (whole instanceof ListValue list) {
                list.items.set(at, Paths.with(list.items.get(at), path, Values.copy(value)));
            } else {
                ArrayValue array = (ArrayValue) whole;
                array.data[at] = Paths.with(array.data[at], path, Values.copy(value));
            }
            holder.set("", whole);
        }
    }

    /** An element of an array. In uniform code one of a distributed array is read and written by all ranks together. */
    record ElementRef(Machine machine, ArrayValue array, int at, Span span, boolean unique) implements Ref {
        @Override
        public Object get(String path) {
            return machine.expressions().read(array, at, path, span);
        }

        @Override
        public void set(String path, Object value) {
            DividedLoop loop = machine.loop;
            if (loop != null) {
                loop.write(machine, this, path, value);
            } else if (array.shared()) {
                Shared.once(machine, span, "element", () -> {
                    put(array, path, value);
                    return Boolean.TRUE;
                });
            } else {
                put(array, path, value);
            }
        }

        void put(ArrayValue target, String path, Object value) {
            target.data[at] = Paths.with(target.data[at], path, Values.copy(value));
        }
    }

    private record SliceRef(Machine machine, ArrayValue array, Place.Slice slice) implements Ref {
        @Override
        public Object get(String path) {
            return machine.expressions().slice(array, slice.subscripts(), slice.span());
        }

        @Override
        public void set(String path, Object value) {
            ArrayValue from = (ArrayValue) Values.copy(value);
            Slicing slicing = Slicing.of(machine, array.domain, slice.subscripts());
            if (!IndexSet.extents(slicing.kept()).sameExtents(from.domain)) {
                throw new Trap(slice.span(), "assignment to a slice between arrays of different extents: "
                        + IndexSet.extents(slicing.kept()) + " and " + from.domain);
            }
            int[] next = {0};
            slicing.set().forEach(index -> new ElementRef(machine, array, array.position(index), slice.span(), false).set("", from.data[next[0]++]));
        }
    }

    /** {@code place = value}; arrays take the elements, everything else is replaced. */
    void assign(Place place, Object value, Span at) {
        assign(ref(place), place.type(), value, at);
    }

    void assign(Ref ref, Type type, Object value, Span at) {
        if (value instanceof MapValue from && from.shared && ref instanceof VariableRef) {
            MapValue target = (MapValue) ref.get("");
            Shared.once(machine, at, "assignment", () -> {
                MapValue copy = (MapValue) Values.copy(from);
                target.entries.clear();
                target.entries.putAll(copy.entries);
                return Boolean.TRUE;
            });
            return;
        }
        if (type instanceof Type.Array && (ref instanceof ElementRef || ref instanceof ListRef || ref instanceof HeldRef || ref instanceof MapRef
                || ref instanceof ComponentRef c && c.open())) {
            // An element that is an array becomes the value, a field with open extents too; variables and other fields keep their extents.
            ref.set("", Values.copy(value));
            return;
        }
        if (type instanceof Type.Array && machine.loop != null && ref instanceof ComponentRef) {
            ArrayValue kept = ((ArrayValue) ref.get("")).copy();
            kept.assign((ArrayValue) value);
            ref.set("", kept);
            return;
        }
        boolean whole = type instanceof Type.Array && !(ref instanceof SliceRef);
        if (!whole) {
            ref.set("", ref instanceof SliceRef ? value : Values.copy(Arithmetic.stored(value, type)));
            return;
        }
        ArrayValue target = (ArrayValue) ref.get("");
        ArrayValue from = (ArrayValue) value;
        DividedLoop loop = machine.loop;
        if (loop != null && loop.known(machine, target)) {
            throw new InterpreterFault(InterpreterFault.Kind.OUTER_CHANGE, at, "an iteration assigns a whole array that is not its own");
        }
        if (target.shared()) {
            Shared.once(machine, at, "assignment", () -> {
                target.assign(from);
                return Boolean.TRUE;
            });
        } else if (from.shared() && loop == null) {
            target.assign((ArrayValue) Shared.replicate(machine, from, at));
        } else {
            target.assign(from);
        }
    }

    void update(Ref ref, TStmt.Update s, Object value) {
        DividedLoop loop = machine.loop;
        if (loop != null && loop.deferred(machine, ref, s, value)) {
            return;
        }
        Object before = loop != null && ref instanceof MapRef entry && loop.reduces(s.place().root())
                ? loop.contribution(machine, entry, s)
                : ref.get("");
        assign(ref, s.place().type(), combined(s, before, value), s.span());
    }

    /** The value after {@code before op= value}. */
    Object combined(TStmt.Update s, Object before, Object value) {
        DividedLoop loop = machine.loop;
        if (s.op() == null) {
            if (loop == null) {
                throw new InterpreterFault(InterpreterFault.Kind.TREE, s.span(), "reduce= outside of a divided loop");
            }
            return Operators.combine(machine, loop.operator(s.place().root(), s.span())).apply(before, value);
        }
        return before instanceof ArrayValue a
                ? ArrayMath.binary(machine.job.library, s.op(), a, value)
                : Arithmetic.stored(ArrayMath.scalars(machine.job.library, s.op(), before, value), s.place().type());
    }

    void swap(TStmt.Swap s) {
        Ref left = ref(s.left());
        Ref right = ref(s.right());
        Object a = left.get("");
        Object b = right.get("");
        if (a instanceof ArrayValue x && b instanceof ArrayValue y && !(s.left() instanceof Place.Slice)) {
            if (machine.loop != null && (machine.loop.known(machine, x) || machine.loop.known(machine, y))) {
                throw new InterpreterFault(InterpreterFault.Kind.OUTER_CHANGE, s.span(), "<=> of outer arrays in an iteration");
            }
            if (!x.domain.sameExtents(y.domain)) {
                throw new Trap(s.span(), "<=> needs two arrays over one domain; these are over " + x.domain + " and " + y.domain);
            }
            if (x.shared()) {
                Shared.once(machine, s.span(), "<=>", () -> exchange(x, y));
            } else {
                exchange(x, y);
            }
            return;
        }
        Object first = Values.copy(a);
        Object second = Values.copy(b);
        left.set("", second);
        right.set("", first);
    }

    private static Object exchange(ArrayValue x, ArrayValue y) {
        Object[] data = x.data;
        x.data = y.data;
        y.data = data;
        return Boolean.TRUE;
    }

    /**
     * What a call changes where it is.
     *
     * @param value the array, list or map itself, or a scalar
     * @param done to be run behind the change: in a divided loop every copy of an element gets what this rank's now holds
     */
    record Changing(Object value, Runnable done) {}

    /** The value of an expression in order to change it. */
    Changing changing(TExpr e) {
        if (!names(e)) {
            return new Changing(machine.eval(e), () -> {});
        }
        Ref ref = ref(java.util.Objects.requireNonNull(Place.of(e)));
        Object value = ref.get("");
        boolean refers = value instanceof ListValue || value instanceof ArrayValue || value instanceof MapValue;
        if (machine.loop != null) {
            return new Changing(value, e instanceof TExpr.Read ? () -> {} : () -> ref.set("", Values.copy(ref.get(""))));
        }
        return new Changing(refers && held(e) ? Shared.own(machine, value, e.span()) : value, () -> {});
    }

    /** Whether the place is an element of a distributed array or spread map, or a part of one. */
    private static boolean held(TExpr e) {
        return switch (e) {
            case TExpr.Element x -> x.array().type() instanceof Type.Array a && !a.distribution().isLocal()
                    || x.array().type() instanceof Type.MapOf m && m.distributed()
                    || held(x.array());
            case TExpr.Component c -> held(c.value());
            default -> false;
        };
    }

    /** The place that an expression names, if it names one; for {@code mut} arguments. */
    static boolean names(TExpr e) {
        return switch (e) {
            case TExpr.Read _ -> true;
            case TExpr.Element x -> names(x.array());
            case TExpr.Component c -> names(c.value());
            default -> false;
        };
    }

    static List<Object> values(ArrayValue array) {
        return List.of(array.data);
    }
}
