package org.pellang.compiler.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subscripts of a periodic array. On an axis of n indices {@code a[i + c]} is {@code a[i]} itself if n divides c: an iteration that has stored its own
 * element would then read a ghost cell, which still has the old value. Such loops work on a copy, where every subscript is wrapped at the access.
 *
 * @param extents of the axes, null where they are no constants; an empty list if nothing is known
 */
record Wrapping(List<@Nullable Long> extents) {

    /** Whether a read may see, at another subscript, what its own iteration has stored. */
    boolean readsBack(List<Use> uses, List<Use> writes) {
        return uses.stream().filter(u -> u.kind() == Use.Kind.READ)
                .anyMatch(r -> writes.stream().anyMatch(w -> w.overlaps(r.path()) && differ(r, w) && mayMeet(r, w)));
    }

    private static boolean differ(Use read, Use write) {
        for (int d = 0; d < read.subscripts().size(); d++) {
            Long distance = distance(read, write, d);
            if (distance == null || distance != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean mayMeet(Use read, Use write) {
        for (int d = 0; d < read.subscripts().size(); d++) {
            Long distance = distance(read, write, d);
            Long extent = d < extents.size() ? extents.get(d) : null;
            if (distance != null && extent != null && (extent == 0 || distance % extent != 0)) {
                return false;
            }
        }
        return true;
    }

    /** The constant difference of two subscripts, null if it is none. */
    private static @Nullable Long distance(Use read, Use write, int axis) {
        Linear a = read.subscripts().get(axis).linear();
        Linear b = write.subscripts().get(axis).linear();
        return a == null || b == null || !a.factors().equals(b.factors()) ? null : Long.valueOf(a.constant() - b.constant());
    }
}
