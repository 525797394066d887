package org.pellang.runtime.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.Fn;
import org.pellang.runtime.value.PelList;

/** Arrays made from other values, and slices: what generated code does with whole arrays besides the methods of {@link PelArray}. */
public final class NewArrays {
    private NewArrays() {}

    /** An array with every element equal to {@code value}. */
    public static PelArray filled(Domain domain, ElemType type, Object value) {
        PelArray array = PelArray.create(domain, type);
        array.fill(value);
        return array;
    }

    /** Column {@code k} as an array that shares the storage: of floats, ints and so on, or of the objects that the elements are. */
    public static PelArray column(PelArray array, int k) {
        return new PelArray(array.domain(), array.type().columnType(k), array.layout(), new Object[] {array.column(k)});
    }

    /** The array, if it has these extents (trap); -1 fits every extent. */
    public static PelArray shaped(PelArray array, long... extents) {
        for (int d = 0; d < extents.length; d++) {
            if (extents[d] != -1 && array.length(d) != extents[d]) {
                throw new PelTrap("an array with extents " + java.util.Arrays.toString(extents).replace("-1", "_") + " is needed, not one over " + array.domain());
            }
        }
        return array;
    }

    /** A copy of {@code value} over the domain of {@code old}, which must have the same extents (trap). */
    public static PelArray like(PelArray old, PelArray value) {
        PelArray copy = PelArray.create(old.domain(), old.type());
        copy.assign(value);
        return copy;
    }

    /** An undistributed array with these elements in row-major order; their number must be that of the indices (trap). */
    public static PelArray of(Domain domain, ElemType type, Object... values) {
        if (domain.size() != values.length) {
            throw new PelTrap(values.length + " elements for an array over " + domain + " with " + domain.size() + " indices");
        }
        PelArray array = PelArray.create(domain, type);
        for (int k = 0; k < values.length; k++) {
            array.set(k, values[k]);
        }
        return array;
    }

    /** The elements of a list as an array 0..<n. */
    public static PelArray ofList(ElemType type, PelList<?> items) {
        return PelArray.ofObjects(type, items.asList().toArray());
    }

    /**
     * The elements of an undistributed array with one axis as a list; mutable ones are copied.
     *
     * @param <T> the Java class of the elements
     */
    @SuppressWarnings("unchecked")
    public static <T> PelList<T> toList(PelArray a) {
        PelList<T> list = new PelList<>();
        for (long k = 0; k < a.size(); k++) {
            list.push((T) element(a, k));
        }
        return list;
    }

    /**
     * An array over the same domain whose elements are converted one by one. int to float: nearest; float to int: truncated, a trap where that
     * does not fit. Distributed arrays: each rank converts its part.
     */
    public static PelArray convert(PelArray from, ElemType type) {
        PelArray to = PelArray.create(from.domain(), type);
        Column kind = type.column(0);
        Elements.eachOwned(from, (place, index) -> to.set(to.layout().place(index), converted(from.get(place), kind)));
        return to;
    }

    private static Object converted(Object value, Column kind) {
        return switch (kind) {
            case F64 -> value instanceof Boolean b ? (b ? 1.0 : 0.0) : ((Number) value).doubleValue();
            case F32 -> value instanceof Boolean b ? (b ? 1.0f : 0.0f) : ((Number) value).floatValue();
            case I64, I32, I16, I8 -> value instanceof Boolean b ? (b ? 1L : 0L) : whole((Number) value);
            case BOOL -> value instanceof Boolean ? value : ((Number) value).doubleValue() != 0.0;
            case OBJ -> value;
        };
    }

    private static long whole(Number value) {
        if (value instanceof Long l) {
            return l;
        }
        double x = value.doubleValue();
        if (!(x >= -0x1p63 && x < 0x1p63)) {
            throw new PelTrap("int(" + x + "): " + (Double.isNaN(x) ? "not a number" : "outside of the int range"));
        }
        return (long) x;
    }

    /** Pairs of the elements of two replicated 1-D arrays, as far as the shorter one goes; {@code pair} makes the tuple from its boxed components. */
    public static PelArray zip(ElemType type, Fn pair, PelArray a, PelArray b) {
        int n = (int) Math.min(a.size(), b.size());
        PelArray result = PelArray.create(Domain.range(0, n - 1L), type);
        for (int k = 0; k < n; k++) {
            result.set(k, pair.apply(element(a, k), element(b, k)));
        }
        return result;
    }

    /** The elements of a replicated 1-D array with their positions from 0. */
    public static PelArray enumerate(ElemType type, Fn pair, PelArray a) {
        int n = (int) a.size();
        PelArray result = PelArray.create(Domain.range(0, n - 1L), type);
        for (int k = 0; k < n; k++) {
            result.set(k, pair.apply((long) k, element(a, k)));
        }
        return result;
    }

    private static Object element(PelArray a, long position) {
        Domain domain = a.domain();
        return ElemType.copyValue(a.get(a.at(domain.lo(0) + position * domain.step(0))));
    }

    /**
     * Part of a replicated array as a new array from 0.
     *
     * @param drop the axes that vanish; their domains have one index
     * @param axes the indices taken on each axis; null: all
     */
    public static PelArray slice(PelArray array, boolean[] drop, @Nullable Domain... axes) {
        Domain[] part = complete(array, axes);
        if (unitSteps(part)) {
            return array.slice(bounds(part, false), bounds(part, true), drop);
        }
        PelArray result = PelArray.create(Domain.extents(kept(part, drop)), array.type());
        int[] next = {0};
        each(part, index -> result.set(next[0]++, ElemType.copyValue(array.get(array.at(index)))));
        return result;
    }

    /** Stores the elements of {@code from} in a slice; extents must be equal (trap). In a distributed array every owner stores its elements. */
    public static void assignSlice(PelArray array, boolean[] drop, @Nullable Domain[] axes, PelArray from) {
        Domain[] part = complete(array, axes);
        if (unitSteps(part) && !array.domain().isDistributed()) {
            array.assignSlice(bounds(part, false), bounds(part, true), drop, from);
            return;
        }
        long[] extents = kept(part, drop);
        if (!Arrays.equals(extents, java.util.stream.IntStream.range(0, from.axes()).mapToLong(from::length).toArray())) {
            throw new PelTrap("assignment to a slice of other extents: " + Arrays.toString(extents) + " and " + from.domain());
        }
        PelArray values = from.slice(from.domain().box().lo(), from.domain().box().hi(), new boolean[from.axes()]);
        int[] next = {0};
        each(part, index -> array.writeElement(values.get(next[0]++), index));
    }

    private static Domain[] complete(PelArray array, @Nullable Domain[] axes) {
        Domain[] part = new Domain[array.axes()];
        for (int d = 0; d < part.length; d++) {
            Domain given = axes[d];
            part[d] = given != null ? given : array.domain().axis(d);
        }
        return part;
    }

    private static boolean unitSteps(Domain... part) {
        return Arrays.stream(part).allMatch(d -> d.step(0) == 1);
    }

    private static long[] bounds(Domain[] part, boolean high) {
        return Arrays.stream(part).mapToLong(d -> high ? d.hi(0) : d.lo(0)).toArray();
    }

    private static long[] kept(Domain[] part, boolean[] drop) {
        return java.util.stream.IntStream.range(0, part.length)
                .filter(d -> !drop[d])
                .mapToLong(d -> part[d].extent(0))
                .toArray();
    }

    private static void each(Domain[] part, java.util.function.Consumer<long[]> action) {
        for (Domain d : part) {
            if (d.extent(0) == 0) {
                return;
            }
        }
        long[] index = bounds(part, false);
        while (true) {
            action.accept(index);
            int d = index.length - 1;
            while (d >= 0 && index[d] >= part[d].hi(0)) {
                index[d] = part[d].lo(0);
                d--;
            }
            if (d < 0) {
                return;
            }
            index[d] += part[d].step(0);
        }
    }

    /** The step of a range, or a trap. */
    public static long step(long step) {
        if (step < 1) {
            throw new PelTrap("by " + step + ": the stride must be at least 1");
        }
        return step;
    }
}
