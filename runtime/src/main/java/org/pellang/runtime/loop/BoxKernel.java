package org.pellang.runtime.loop;

import org.pellang.runtime.array.Box;

/** The body of a loop over a box of iterations. Generated code implements it. */
@FunctionalInterface
public interface BoxKernel {
    /**
     * Runs the iterations of {@code box} (by the strides of the space) in index order and combines their contributions into {@code slots}.
     */
    void run(Box box, Slots slots);

    /** {@code fast}, which compares some subscripts with the storage only; its twin {@code checked} says which one is outside of its domain. */
    static BoxKernel precise(BoxKernel fast, BoxKernel checked) {
        return (box, slots) -> Bounds.precisely(() -> fast.run(box, slots), () -> checked.run(box, slots));
    }
}
