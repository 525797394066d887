package org.pellang.compiler.interpreter;

import java.util.List;
import org.pellang.compiler.sema.type.Type;

/** Zeros, copies, equality and order of values. */
final class Values {
    private Values() {}

    static Object zero(Type type) {
        return switch (type) {
            case Type.Scalar s -> switch (s) {
                case INT, INT32, INT16, BYTE -> 0L;
                case FLOAT -> 0.0;
                case FLOAT32 -> 0.0f;
                case BOOL -> false;
                case STRING -> "";
                case COMPLEX -> new ComplexValue(0.0, 0.0);
                case VEC2 -> VectorValue.splat(2, 0.0);
                case VEC3 -> VectorValue.splat(3, 0.0);
                case VEC4 -> VectorValue.splat(4, 0.0);
                case VOID, ERROR -> throw new IllegalStateException("no zero of " + s);
            };
            case Type.Tuple t -> new StructValue(t, t.elements().stream().map(Values::zero).toArray());
            case Type.Record r -> new StructValue(r, r.fields().stream().map(Values::zero).toArray());
            case Type.ListOf _ -> new ListValue();
            case Type.Array a -> ArrayValue.zeroed(a.element(), IndexSet.extents(new long[a.axes()]));
            case Type.MapOf _ -> new MapValue(false);
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ ->
                throw new IllegalStateException("no zero of " + type);
        };
    }

    private static Object zero(Type.Field f) {
        return f.type() instanceof Type.Array a && !f.extents().isEmpty()
                ? ArrayValue.zeroed(a.element(), IndexSet.extents(f.extents().stream().mapToLong(n -> n).toArray()))
                : zero(f.type());
    }

    /** A value that shares nothing that can change. */
    static Object copy(Object value) {
        return switch (value) {
            case ArrayValue a -> a.copy();
            case ListValue l -> {
                ListValue copy = new ListValue();
                l.items.forEach(x -> copy.items.add(copy(x)));
                yield copy;
            }
            case MapValue m -> MapValue.of(m.shared, m.entries);
            case StructValue s -> {
                Object[] parts = new Object[s.parts().length];
                for (int k = 0; k < parts.length; k++) {
                    parts[k] = copy(s.parts()[k]);
                }
                yield new StructValue(s.type(), parts);
            }
            default -> value;
        };
    }

    /** {@code ==}: by value, floats as IEEE. */
    static boolean equal(Object a, Object b) {
        return switch (a) {
            case Double x -> x.doubleValue() == (Double) b;
            case Float x -> x.floatValue() == (Float) b;
            case ComplexValue x -> x.re() == ((ComplexValue) b).re() && x.im() == ((ComplexValue) b).im();
            case VectorValue x -> {
                VectorValue y = (VectorValue) b;
                boolean same = true;
                for (int k = 0; k < x.parts().length; k++) {
                    same &= x.parts()[k] == y.parts()[k];
                }
                yield same;
            }
            case StructValue x -> equal(List.of(x.parts()), List.of(((StructValue) b).parts()));
            case ListValue x -> equal(x.items, ((ListValue) b).items);
            case MapValue x -> sameMap(x, (MapValue) b);
            case ArrayValue x ->
                x.domain.sameExtents(((ArrayValue) b).domain) && equal(List.of(x.data), List.of(((ArrayValue) b).data));
            case IndexSet x -> x.sameSet((IndexSet) b);
            default -> a.equals(b);
        };
    }

    private static boolean sameMap(MapValue a, MapValue b) {
        return a.entries.keySet().equals(b.entries.keySet()) && equal(List.copyOf(a.entries.values()), List.copyOf(b.entries.values()));
    }

    private static boolean equal(List<Object> a, List<Object> b) {
        boolean same = a.size() == b.size();
        for (int k = 0; same && k < a.size(); k++) {
            same = equal(a.get(k), b.get(k));
        }
        return same;
    }

    /** The same bits: NaN is itself, the zeros differ. */
    static boolean identical(Object a, Object b) {
        return switch (a) {
            case VectorValue x -> b instanceof VectorValue y && java.util.Arrays.equals(x.parts(), y.parts());
            case StructValue x -> b instanceof StructValue y && identical(List.of(x.parts()), List.of(y.parts()));
            case ListValue x -> b instanceof ListValue y && identical(x.items, y.items);
            case MapValue x -> b instanceof MapValue y
                    && identical(List.copyOf(x.entries.keySet()), List.copyOf(y.entries.keySet()))
                    && identical(List.copyOf(x.entries.values()), List.copyOf(y.entries.values()));
            case ArrayValue x ->
                b instanceof ArrayValue y && x.domain.sameExtents(y.domain) && identical(List.of(x.data), List.of(y.data));
            case IndexSet x -> b instanceof IndexSet y && x.sameSet(y);
            default -> a.equals(b);
        };
    }

    private static boolean identical(List<Object> a, List<Object> b) {
        boolean same = a.size() == b.size();
        for (int k = 0; same && k < a.size(); k++) {
            same = identical(a.get(k), b.get(k));
        }
        return same;
    }

    /** The order of sorting: -0.0 before 0.0, NaN last, strings by code points, tuples and records part by part. */
    static int compare(Object a, Object b) {
        return switch (a) {
            case Long x -> Long.compare(x, (Long) b);
            case Double x -> Double.compare(x, (Double) b);
            case Float x -> Float.compare(x, (Float) b);
            case Boolean x -> Boolean.compare(x, (Boolean) b);
            case String x -> java.util.Arrays.compare(x.codePoints().toArray(), ((String) b).codePoints().toArray());
            case StructValue x -> {
                int order = 0;
                for (int k = 0; order == 0 && k < x.parts().length; k++) {
                    order = compare(x.parts()[k], ((StructValue) b).parts()[k]);
                }
                yield order;
            }
            default -> throw new Trap(null, "values of this type have no order");
        };
    }
}
