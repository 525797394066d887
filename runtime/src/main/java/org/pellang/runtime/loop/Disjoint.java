package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.array.Box;

/** Boxes without common elements. */
final class Disjoint {
    /** More boxes than that cost more than the elements between them. */
    private static final int MOST = 32;

    private Disjoint() {}

    /** Boxes that hold the same elements as the given ones, each once; the box around them if it holds no others, or if they would be many. */
    static List<Box> of(List<Box> boxes) {
        List<Box> all = new ArrayList<>();
        Box around = null;
        for (Box box : boxes) {
            if (box.isEmpty()) {
                continue;
            }
            around = around == null ? box : Views.hull(around, box);
            List<Box> rest = List.of(box);
            for (Box earlier : all) {
                List<Box> smaller = new ArrayList<>();
                rest.forEach(r -> minus(r, earlier, smaller));
                rest = smaller;
            }
            all.addAll(rest);
        }
        boolean one = around != null && (all.size() > MOST || all.stream().mapToLong(Box::size).sum() == around.size());
        return one ? List.of(around) : all;
    }

    private static void minus(Box box, Box other, List<Box> out) {
        if (box.intersect(other).isEmpty()) {
            out.add(box);
            return;
        }
        Box rest = box;
        for (int d = 0; d < box.axes(); d++) {
            if (rest.lo()[d] < other.lo()[d]) {
                out.add(with(rest, d, rest.lo()[d], other.lo()[d] - 1));
            }
            if (rest.hi()[d] > other.hi()[d]) {
                out.add(with(rest, d, other.hi()[d] + 1, rest.hi()[d]));
            }
            rest = with(rest, d, Math.max(rest.lo()[d], other.lo()[d]), Math.min(rest.hi()[d], other.hi()[d]));
        }
    }

    private static Box with(Box box, int d, long lo, long hi) {
        Box other = new Box(box.lo().clone(), box.hi().clone());
        other.lo()[d] = lo;
        other.hi()[d] = hi;
        return other;
    }
}
