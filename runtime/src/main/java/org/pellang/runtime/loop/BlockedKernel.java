package org.pellang.runtime.loop;

import org.pellang.runtime.array.Box;

/** Splits a box into whole blocks of rows and columns, for a kernel that computes these together, and the rest. The iterations must not depend on their order. */
public final class BlockedKernel {
    private BlockedKernel() {}

    /**
     * A kernel for boxes of 2 or 3 axes.
     *
     * @param blocks runs boxes whose last axis but one has a multiple of {@code rows} indices, and the last one a multiple of {@code columns}
     * @param rest runs all others
     */
    public static BoxKernel of(BoxKernel blocks, BoxKernel rest, int rows, int columns) {
        return (box, slots) -> {
            int last = box.axes() - 1;
            long wide = box.extent(last) / columns * columns;
            long high = box.extent(last - 1) / rows * rows;
            if (box.isEmpty() || wide == 0 || high == 0) {
                rest.run(box, slots);
                return;
            }
            blocks.run(part(box, 0, high, 0, wide), slots);
            run(rest, part(box, 0, high, wide, box.extent(last)), slots);
            run(rest, part(box, high, box.extent(last - 1), 0, box.extent(last)), slots);
        };
    }

    private static void run(BoxKernel kernel, Box box, Slots slots) {
        if (!box.isEmpty()) {
            kernel.run(box, slots);
        }
    }

    /** Rows {@code top} to {@code bottom} and columns {@code left} to {@code right}, the ends excluded, counted from the box's corner. */
    private static Box part(Box box, long top, long bottom, long left, long right) {
        int last = box.axes() - 1;
        long[] lo = box.lo().clone();
        long[] hi = box.hi().clone();
        lo[last - 1] += top;
        hi[last - 1] = box.lo()[last - 1] + bottom - 1;
        lo[last] += left;
        hi[last] = box.lo()[last] + right - 1;
        return new Box(lo, hi);
    }
}
