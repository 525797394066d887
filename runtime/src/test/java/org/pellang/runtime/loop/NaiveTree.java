package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.Domain;

/** The reduction tree written down from docs/architecture.md without regard to speed: lists of nodes, level by level. */
final class NaiveTree<T> {
    /** The contribution of an iteration, or null if a filter excludes it. */
    interface Element<T> {
        @Nullable T at(long[] index);
    }

    private final Domain space;
    private final BinaryOperator<T> op;
    private final T identity;
    private final boolean lanes;
    private final Element<T> element;

    NaiveTree(Domain space, BinaryOperator<T> op, T identity, boolean lanes, Element<T> element) {
        this.space = space;
        this.op = op;
        this.identity = identity;
        this.lanes = lanes;
        this.element = element;
    }

    static int leafLength(long n) {
        if (n >= 4096) {
            return 256;
        }
        int leaf = 16;
        while (leaf * 2 <= n / 16 && leaf < 256) {
            leaf *= 2;
        }
        return leaf;
    }

    T value() {
        @Nullable T value = axis(0, new long[space.axes()]);
        return value == null ? identity : value;
    }

    private @Nullable T axis(int d, long[] index) {
        List<@Nullable T> nodes = new ArrayList<>();
        if (d == space.axes() - 1) {
            long leaf = leafLength(space.root().bounds().extent(d));
            long first = Math.floorDiv(space.lo(d), leaf);
            for (long n = first; n <= Math.floorDiv(space.hi(d), leaf); n++) {
                nodes.add(leaf(index, n * leaf, n * leaf + leaf - 1));
            }
        } else {
            for (long i = space.lo(d); i <= space.hi(d); i++) {
                index[d] = i;
                nodes.add((i - space.lo(d)) % space.step(d) == 0 ? axis(d + 1, index) : null);
            }
        }
        while (nodes.size() > 1) {
            List<@Nullable T> above = new ArrayList<>();
            for (int k = 0; k < nodes.size(); k += 2) {
                T left = nodes.get(k);
                T right = k + 1 < nodes.size() ? nodes.get(k + 1) : null;
                above.add(left == null ? right : right == null ? left : op.apply(left, right));
            }
            nodes = above;
        }
        return nodes.isEmpty() ? null : nodes.get(0);
    }

    private @Nullable T leaf(long[] index, long from, long to) {
        List<T> lane = new ArrayList<>();
        for (int k = 0; k < 16; k++) {
            lane.add(identity);
        }
        boolean any = false;
        int last = space.axes() - 1;
        for (long i = from; i <= to; i++) {
            index[last] = i;
            if (!space.contains(index)) {
                continue;
            }
            any = true;
            T x = element.at(index);
            if (x != null) {
                int k = lanes ? (int) Math.floorMod(i, 16L) : 0;
                lane.set(k, op.apply(lane.get(k), x));
            }
        }
        for (int s = 8; s >= 1 && lanes; s /= 2) {
            for (int k = 0; k < s; k++) {
                lane.set(k, op.apply(lane.get(k), lane.get(k + s)));
            }
        }
        return any ? lane.get(0) : null;
    }
}
