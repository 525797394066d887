package org.pellang.stdlib;

import java.util.Arrays;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Partition;
import org.pellang.runtime.loop.ExactSum;

/**
 * The language's reduction tree for sums of floats: leaves of aligned blocks with 16 lanes along the last axis, binary trees over the
 * leaves and over the other axes. {@code mean(a)} so has the bits of {@code mean(a[i] forall i in a.domain)}.
 */
final class TreeSum {
    private static final int LANES = 16;

    private final Domain space;
    private final double[] values;

    private TreeSum(Domain space, double[] values) {
        this.space = space;
        this.values = values;
    }

    /** Sum of {@code values}, which stand in row-major order over {@code space}. */
    static double of(Domain space, double[] values) {
        if (ExactSum.wanted()) {
            return ExactSum.of(values);
        }
        return values.length == 0 ? 0.0 : new TreeSum(space, values).over(0, 0, values.length);
    }

    private double over(int axis, int from, int count) {
        if (axis == space.axes() - 1) {
            return row(from, count);
        }
        int parts = (int) space.extent(axis);
        int each = count / parts;
        double[] nodes = new double[parts];
        for (int i = 0; i < parts; i++) {
            nodes[i] = over(axis + 1, from + i * each, each);
        }
        return tree(nodes, parts);
    }

    private double row(int from, int count) {
        int axis = space.axes() - 1;
        long first = space.lo(axis);
        long step = space.step(axis);
        long leaf = Partition.leaf(space.root().bounds().extent(axis));
        double[] nodes = new double[(int) (Math.floorDiv(first + (count - 1) * step, leaf) - Math.floorDiv(first, leaf)) + 1];
        double[] lanes = new double[LANES];
        int done = 0;
        for (int node = 0; node < nodes.length; node++) {
            Arrays.fill(lanes, 0.0);
            long end = (Math.floorDiv(first, leaf) + node + 1) * leaf;
            for (; done < count && first + done * step < end; done++) {
                lanes[(int) Math.floorMod(first + done * step, (long) LANES)] += values[from + done];
            }
            nodes[node] = halve(lanes);
        }
        return tree(nodes, nodes.length);
    }

    /** Combines the lanes of a leaf, upper half into lower half. */
    static double halve(double[] lanes) {
        for (int s = lanes.length / 2; s > 0; s /= 2) {
            for (int k = 0; k < s; k++) {
                lanes[k] += lanes[k + s];
            }
        }
        return lanes[0];
    }

    private static double tree(double[] nodes, int count) {
        int left = count;
        while (left > 1) {
            int next = (left + 1) / 2;
            for (int k = 0; k < next; k++) {
                nodes[k] = 2 * k + 1 < left ? nodes[2 * k] + nodes[2 * k + 1] : nodes[2 * k];
            }
            left = next;
        }
        return nodes[0];
    }
}
