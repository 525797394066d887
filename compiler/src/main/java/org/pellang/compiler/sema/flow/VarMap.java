package org.pellang.compiler.sema.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.typed.Var;

/**
 * An immutable map from variables: a radix tree over their numbers, 32 children per node. A changed map shares all but one path with the old one, and where two maps meet only the
 * parts are looked at that they do not share, so that a flow through many branches costs what the branches change and not what is known before them.
 */
final class VarMap<T> {
    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;

    private record Entry<T>(Var key, T value) {}

    /** The value where two maps meet; null: the map on that side has none. */
    interface Meeting<T> {
        T meet(Var key, @Nullable T left, @Nullable T right);
    }

    /** Levels of inner nodes above the one whose children are entries. */
    private final int levels;
    private final @Nullable Object[] root;

    private VarMap(int levels, @Nullable Object[] root) {
        this.levels = levels;
        this.root = root;
    }

    static <T> VarMap<T> empty() {
        return new VarMap<>(0, new Object[WIDTH]);
    }

    private boolean holds(int id) {
        return levels * BITS + BITS >= Integer.SIZE || id >>> levels * BITS + BITS == 0;
    }

    private static int child(int id, int level) {
        return id >>> level * BITS & WIDTH - 1;
    }

    @Nullable T get(Var key) {
        if (!holds(key.id())) {
            return null;
        }
        @Nullable Object[] node = root;
        for (int level = levels; level > 0; level--) {
            Object next = node[child(key.id(), level)];
            if (next == null) {
                return null;
            }
            node = node(next);
        }
        Object found = node[child(key.id(), 0)];
        return found == null ? null : VarMap.<T>entry(found).value;
    }

    VarMap<T> with(Var key, T value) {
        VarMap<T> high = this;
        while (!high.holds(key.id())) {
            high = high.raised();
        }
        return new VarMap<>(high.levels, with(high.root, high.levels, new Entry<>(key, value)));
    }

    private VarMap<T> raised() {
        @Nullable Object[] above = new Object[WIDTH];
        above[0] = root;
        return new VarMap<>(levels + 1, above);
    }

    private static <T> @Nullable Object[] with(@Nullable Object[] node, int level, Entry<T> entry) {
        @Nullable Object[] copy = node.clone();
        int at = child(entry.key.id(), level);
        Object old = copy[at];
        copy[at] = level == 0 ? entry : with(old == null ? new Object[WIDTH] : node(old), level - 1, entry);
        return copy;
    }

    /** The map of all keys of both; this map itself if it has all keys and {@code meeting} gives its values. */
    VarMap<T> meet(VarMap<T> other, Meeting<T> meeting) {
        VarMap<T> left = this;
        VarMap<T> right = other;
        while (left.levels < right.levels) {
            left = left.raised();
        }
        while (right.levels < left.levels) {
            right = right.raised();
        }
        @Nullable Object[] met = meet(left.root, right.root, left.levels, meeting);
        return met == left.root ? this : new VarMap<>(left.levels, met);
    }

    private static <T> @Nullable Object[] meet(@Nullable Object @Nullable [] a, @Nullable Object @Nullable [] b, int level, Meeting<T> meeting) {
        @Nullable Object[] left = a == null ? new Object[WIDTH] : a;
        @Nullable Object[] result = left;
        for (int k = 0; k < WIDTH; k++) {
            Object l = left[k];
            Object r = b == null ? null : b[k];
            if (l == r) {
                continue;
            }
            Object met = level == 0 ? met(l, r, meeting) : meet(l == null ? null : node(l), r == null ? null : node(r), level - 1, meeting);
            if (met != l) {
                if (result == left) {
                    result = left.clone();
                }
                result[k] = met;
            }
        }
        return result;
    }

    private static <T> Object met(@Nullable Object l, @Nullable Object r, Meeting<T> meeting) {
        Entry<T> left = l == null ? null : entry(l);
        Entry<T> right = r == null ? null : entry(r);
        Var key = left != null ? left.key : java.util.Objects.requireNonNull(right).key;
        T value = meeting.meet(key, left == null ? null : left.value, right == null ? null : right.value);
        return left != null && value == left.value ? left : new Entry<>(key, value);
    }

    /** The same keys with other values. */
    VarMap<T> replaced(BiFunction<Var, T, T> function) {
        List<VarMap<T>> result = new ArrayList<>(List.of(this));
        forEach((key, value) -> {
            T now = function.apply(key, value);
            if (now != value) {
                result.set(0, result.getFirst().with(key, now));
            }
        });
        return result.getFirst();
    }

    void forEach(BiConsumer<Var, T> action) {
        forEach(root, levels, action);
    }

    private static <T> void forEach(@Nullable Object[] node, int level, BiConsumer<Var, T> action) {
        for (Object child : node) {
            if (child != null && level == 0) {
                Entry<T> entry = entry(child);
                action.accept(entry.key, entry.value);
            } else if (child != null) {
                forEach(node(child), level - 1, action);
            }
        }
    }

    private static @Nullable Object[] node(Object child) {
        return (@Nullable Object[]) child;
    }

    @SuppressWarnings("unchecked")
    private static <T> Entry<T> entry(Object child) {
        return (Entry<T>) child;
    }
}
