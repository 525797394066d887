package org.pellang.runtime.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/**
 * PEL's growable list, local to a rank. Elements are boxed PEL values. Equality is by value.
 *
 * @param <T> the Java class of the elements
 */
public final class PelList<T> implements Iterable<T> {
    private final ArrayList<T> items;

    /** An empty list. */
    public PelList() {
        items = new ArrayList<>();
    }

    private PelList(List<? extends T> from) {
        items = new ArrayList<>(from);
    }

    /** A list of these elements. */
    @SafeVarargs
    public static <T> PelList<T> of(T... elements) {
        PelList<T> list = new PelList<>();
        for (T element : elements) {
            list.push(element);
        }
        return list;
    }

    /** A list with a copy of these elements. */
    public static <T> PelList<T> copyOf(List<? extends T> elements) {
        return new PelList<>(elements);
    }

    public void push(T value) {
        items.add(value);
    }

    /** Removes and returns the last element; traps on an empty list. */
    public T pop() {
        if (items.isEmpty()) {
            throw new PelTrap("pop of an empty list");
        }
        return items.removeLast();
    }

    /** Element {@code index}; traps outside {@code 0..<size()}. */
    public T get(long index) {
        return items.get(check(index));
    }

    /** Replaces element {@code index}; traps outside {@code 0..<size()}. */
    public void set(long index, T value) {
        items.set(check(index), value);
    }

    public long size() {
        return items.size();
    }

    public void clear() {
        items.clear();
    }

    /** Appends all elements of {@code other}, which may be this list. */
    public void addAll(PelList<? extends T> other) {
        items.addAll(List.copyOf(other.items));
    }

    /** Takes over the elements of {@code other}, which may be this list. */
    public void assign(PelList<? extends T> other) {
        List<T> copy = List.copyOf(other.items);
        items.clear();
        items.addAll(copy);
    }

    /** A list with equal elements; lists and arrays among them are copied too, everything else is immutable. */
    public PelList<T> copy() {
        PelList<T> copy = new PelList<>();
        for (T item : items) {
            copy.items.add(ElemType.copyValue(item));
        }
        return copy;
    }

    /** Elements from (inclusive) to (exclusive); traps unless {@code 0 <= from <= to <= size()}. */
    public PelList<T> slice(long from, long to) {
        if (from < 0 || to < from || to > items.size()) {
            throw new PelTrap("slice " + from + "..<" + to + " outside the list 0..<" + items.size());
        }
        return new PelList<>(items.subList((int) from, (int) to));
    }

    /** A view for Java code; changes show through. */
    public List<T> asList() {
        return items;
    }

    private int check(long index) {
        if (index < 0 || index >= items.size()) {
            throw new PelTrap("index " + index + " outside the list 0..<" + items.size());
        }
        return (int) index;
    }

    @Override
    public Iterator<T> iterator() {
        return items.iterator();
    }

    /** Whether the elements are equal as PEL's {@code ==} compares them: nan differs from itself, 0.0 equals -0.0. */
    public boolean same(PelList<?> other) {
        boolean same = items.size() == other.items.size();
        for (int i = 0; same && i < items.size(); i++) {
            same = same(items.get(i), other.items.get(i));
        }
        return same;
    }

    /** Whether two values of one type are equal as PEL's {@code ==} compares them. */
    static boolean same(Object a, Object b) {
        return switch (a) {
            case Double x -> x.doubleValue() == (Double) b;
            case Float x -> x.floatValue() == (Float) b;
            case Complex x -> x.same((Complex) b);
            case Vec2 x -> x.same((Vec2) b);
            case Vec3 x -> x.same((Vec3) b);
            case Vec4 x -> x.same((Vec4) b);
            case PelArray x -> x.contentEquals((PelArray) b);
            case PelList<?> x -> x.same((PelList<?>) b);
            case PelMap<?, ?> x -> x.same((PelMap<?, ?>) b);
            case Record x -> {
                RecordShape shape = RecordShape.of(x.getClass());
                boolean all = true;
                for (int c = 0; all && c < shape.size(); c++) {
                    all = same(shape.component(x, c), shape.component(b, c));
                }
                yield all;
            }
            default -> a.equals(b);
        };
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof PelList<?> list && items.equals(list.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return items.toString();
    }
}
