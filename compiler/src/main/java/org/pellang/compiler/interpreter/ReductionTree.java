package org.pellang.compiler.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fixed binary tree over the global index, as docs/architecture.md defines it.
 *
 * @param op combines two values, left to right
 * @param identity makes a fresh identity
 * @param lanes whether a leaf folds in 16 lanes, else in sequence
 */
record ReductionTree(BinaryOperator<Object> op, Supplier<Object> identity, boolean lanes) {
    private static final int LANES = 16;

    /** Contribution of each index of a set, by its number in row-major order; null: none. */
    interface Contributions {
        @Nullable Object get(int position);
    }

    /** Leaf length for an axis of extent n. */
    static long leaf(long n) {
        if (n >= 4096) {
            return 256;
        }
        long leaf = 16;
        while (leaf < 256 && leaf * 2 <= n / 16) {
            leaf *= 2;
        }
        return leaf;
    }

    Object reduce(IndexSet space, Contributions contributions) {
        return space.size() == 0 ? identity.get() : axis(space, 0, 0, contributions);
    }

    private Object axis(IndexSet space, int d, int before, Contributions contributions) {
        int width = Math.toIntExact(space.extent(d));
        if (d == space.axes() - 1) {
            return row(space, before * width, contributions);
        }
        List<Object> rows = new ArrayList<>();
        for (long i = space.lo()[d]; i <= space.hi()[d]; i++) {
            long offset = i - space.lo()[d];
            boolean present = offset % space.step()[d] == 0;
            int row = before * width + (int) (offset / space.step()[d]);
            rows.add(present ? axis(space, d + 1, row, contributions) : null);
        }
        return combined(rows);
    }

    private Object row(IndexSet space, int first, Contributions contributions) {
        int d = space.axes() - 1;
        List<Object> leaves = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        List<Long> indices = new ArrayList<>();
        long leaf = leaf(space.root().extent(d));
        long current = Math.floorDiv(space.lo()[d], leaf);
        int position = first;
        for (long i = space.lo()[d]; i <= space.hi()[d]; i += space.step()[d]) {
            while (Math.floorDiv(i, leaf) > current) {
                leaves.add(values.isEmpty() ? null : folded(indices, values));
                values.clear();
                indices.clear();
                current++;
            }
            indices.add(i);
            values.add(contributions.get(position++));
        }
        leaves.add(folded(indices, values));
        return combined(leaves);
    }

    /** The value of one leaf. */
    Object folded(List<Long> indices, List<? extends @Nullable Object> values) {
        int count = lanes ? LANES : 1;
        Object[] lane = new Object[count];
        for (int k = 0; k < count; k++) {
            lane[k] = identity.get();
        }
        for (int n = 0; n < values.size(); n++) {
            Object value = values.get(n);
            if (value != null) {
                int k = (int) Math.floorMod(indices.get(n), (long) count);
                lane[k] = op.apply(lane[k], value);
            }
        }
        for (int s = count / 2; s > 0; s /= 2) {
            for (int k = 0; k < s; k++) {
                lane[k] = op.apply(lane[k], lane[k + s]);
            }
        }
        return lane[0];
    }

    /** node(level, k) = op(node(level-1, 2k), node(level-1, 2k+1)); what is missing passes its sibling through. */
    private Object combined(List<Object> leaves) {
        List<Object> level = leaves;
        while (level.size() > 1) {
            List<Object> next = new ArrayList<>();
            for (int k = 0; k < level.size(); k += 2) {
                Object left = level.get(k);
                Object right = k + 1 < level.size() ? level.get(k + 1) : null;
                next.add(left == null ? right : right == null ? left : op.apply(left, right));
            }
            level = next;
        }
        Object root = level.isEmpty() ? null : level.get(0);
        return root == null ? identity.get() : root;
    }

    /** The same binary tree over ranks: the order of the collectives of the explicit level. */
    static Object overRanks(Object[] values, BinaryOperator<Object> op) {
        return new ReductionTree(op, () -> values[0], false).combined(List.of(values));
    }
}
