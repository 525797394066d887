package org.pellang.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;

/**
 * One place in a loop's body that reads or writes an element of an array from outside.
 *
 * @param key the list of subscripts in the tree, by identity: how the code generator finds the use again
 * @param subscripts one per axis of the array
 * @param path the component of the element that is read or written: numbers of components, outermost first; empty for all of it
 */
public record Use(Span span, List<TExpr> key, List<Subscript> subscripts, Kind kind, List<Integer> path) {

    /** Ghost cells of so many indices are worth no thought. */
    private static final long CLOSE = 32;
    private static final int MOST_GROUPS = 8;

    /** What is done with the element. */
    public enum Kind {
        READ,
        WRITE,
        /** {@code =} to a component: the rest of the element stays. */
        PART,
        /** {@code op=}. */
        UPDATE
    }

    /** Whether it changes the element. */
    public boolean writes() {
        return kind != Kind.READ;
    }

    /** Whether the program promises that its subscript is unique. */
    public boolean promised() {
        return key.stream().anyMatch(e -> e instanceof TExpr.IntrinsicCall c && c.intrinsic() == Intrinsic.UNIQUE);
    }

    /**
     * Whether it may be any of so many elements that the box around those of a rank's iterations holds much that they do not need. Any element of an axis that
     * is whole on each rank is where its row is: rows that follow the loop's index do not count.
     *
     * @param array type of the array, which is spread
     */
    public boolean isScattered(Type.Array array) {
        boolean open = false;
        boolean follows = true;
        for (int d = 0; d < subscripts.size(); d++) {
            Subscript s = subscripts.get(d);
            open |= s.interval() == null;
            follows &= !array.distribution().axes().get(d).spread() || s.interval() != null && s.near() >= 0;
        }
        return open && !follows;
    }

    /** Whether both may touch the same component. */
    public boolean overlaps(List<Integer> other) {
        int common = Math.min(path.size(), other.size());
        return path.subList(0, common).equals(other.subList(0, common));
    }

    /** Whether every axis is followed by the loop's axis of the same number at a fixed or bounded distance. */
    public boolean isNear(int axes) {
        if (subscripts.size() != axes) {
            return false;
        }
        for (int d = 0; d < axes; d++) {
            if (subscripts.get(d).near() != d) {
                return false;
            }
        }
        return true;
    }

    /** The union of what the subscripts of an axis may be; null if one may be anything, or if there are none. */
    public static @Nullable Interval interval(List<Use> uses, int axis) {
        Interval all = null;
        for (Use u : uses) {
            Interval one = u.subscripts().get(axis).interval();
            if (one == null) {
                return null;
            }
            all = all == null ? one : all.union(one);
        }
        return all;
    }

    /**
     * The uses in groups: those of one group read near each other, those of different groups may be far apart, so that one box around all of them may hold much that is not
     * read. One group if they would be many.
     */
    public static List<List<Use>> apart(List<Use> uses) {
        List<List<Use>> groups = new ArrayList<>();
        for (Use use : uses) {
            groups.stream().filter(g -> g.stream().anyMatch(use::isClose)).findFirst().orElseGet(() -> {
                groups.add(new ArrayList<>());
                return groups.getLast();
            }).add(use);
        }
        return groups.size() > MOST_GROUPS ? List.of(uses) : groups;
    }

    private boolean isClose(Use other) {
        for (int d = 0; d < subscripts.size(); d++) {
            Subscript a = subscripts.get(d);
            Subscript b = other.subscripts.get(d);
            boolean any = a.interval() == null && b.interval() == null;
            if (!any && (a.interval() == null || !a.interval().equals(b.interval())) && !isClose(a.linear(), b.linear())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isClose(@Nullable Linear a, @Nullable Linear b) {
        return a != null && b != null && a.factors().equals(b.factors()) && Math.abs(a.constant() - b.constant()) <= CLOSE;
    }

    /** Whether the element's index differs from the iteration's on one axis at most. */
    public boolean isStar(int axes) {
        return isNear(axes) && subscripts.stream().filter(s -> !s.own()).count() <= 1;
    }

    /** The element's index minus the iteration's, one number per axis; null if that is no constant. */
    public @Nullable List<Long> offset(int axes) {
        if (!isNear(axes)) {
            return null;
        }
        List<Long> offset = new ArrayList<>();
        for (Subscript s : subscripts) {
            Linear linear = s.linear();
            if (!s.shifted() || linear == null) {
                return null;
            }
            offset.add(linear.constant());
        }
        return List.copyOf(offset);
    }

    /** Whether it is the element at the iteration's own index. */
    public boolean isOwn(int axes) {
        return isNear(axes) && subscripts.stream().allMatch(Subscript::own);
    }

    /** Whether every loop axis moves some axis of the array by a fixed distance: different iterations, different elements. */
    public boolean followsAllAxes(int axes) {
        for (int d = 0; d < axes; d++) {
            int axis = d;
            if (subscripts.stream().noneMatch(s -> s.near() == axis && s.shifted())) {
                return false;
            }
        }
        return true;
    }
}
