package org.pellang.runtime.loop;

/** The body of a reducing loop over a piece of one row. Generated code implements it. */
@FunctionalInterface
public interface LeafKernel {
    /**
     * Runs iterations {@code from..to} (inclusive, by the stride of the last axis) of row {@code (i0, i1)}, all within one leaf, and leaves one value per slot in
     * {@code out}, which holds the identities on entry. Float sums and products: 16 lanes, lane {@code floorMod(index, 16)}, combined by halving; objects:
     * folded in index order from the identity.
     *
     * @param i0 index on axis 0 of a space of 2 or 3 axes, else 0
     * @param i1 index on axis 1 of a space of 3 axes, else 0
     */
    void leaf(long i0, long i1, long from, long to, Slots out);

    /** {@code fast}, which compares some subscripts with the storage only; its twin {@code checked} says which one is outside of its domain. */
    static LeafKernel precise(LeafKernel fast, LeafKernel checked) {
        return (i0, i1, from, to, out) -> Bounds.precisely(() -> fast.leaf(i0, i1, from, to, out), () -> checked.leaf(i0, i1, from, to, out));
    }
}
