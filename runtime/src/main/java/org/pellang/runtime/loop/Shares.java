package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;

/** How the iterations of one rank are shared out to its threads: parts of its box along one axis, in order. */
final class Shares {
    /** Cuts of the last axis lie at multiples of it, so that threads rarely write to one cache line. */
    private static final int UNIT = 16;

    private Shares() {}

    /** At most {@code count} parts of a box, none empty; the first axis is cut unless it is too short. */
    static List<Box> of(Domain space, Box box, int count, int leaf) {
        List<Box> parts = new ArrayList<>();
        if (box.isEmpty()) {
            return parts;
        }
        int axis = 0;
        for (int d = 1; d < box.axes() && box.extent(axis) < count; d++) {
            axis = box.extent(d) > box.extent(axis) ? d : axis;
        }
        TreeShape shape = new TreeShape(space);
        long unit = axis == box.axes() - 1 ? Math.max(leaf, UNIT) : 1;
        long origin = Math.floorDiv(box.lo()[axis], unit);
        long units = Math.floorDiv(box.hi()[axis], unit) - origin + 1;
        for (int k = 0; k < count; k++) {
            long[] lo = box.lo().clone();
            long[] hi = box.hi().clone();
            lo[axis] = shape.atLeast(axis, Math.max(lo[axis], (origin + k * units / count) * unit));
            hi[axis] = shape.atMost(axis, Math.min(hi[axis], (origin + (k + 1) * units / count) * unit - 1));
            Box part = new Box(lo, hi);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
