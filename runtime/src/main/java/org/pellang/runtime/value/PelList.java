package org.pellang.runtime.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.ElemType;

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
