package org.pellang.runtime.loop;

/** Evaluates the contributions of a piece of one row of a scan. Generated code implements it. */
@FunctionalInterface
public interface ScanKernel {
    /**
     * Stores the contribution of iterations {@code from..to} (inclusive, by the stride of the last axis) of row {@code (i0, i1)} with {@link Scan#putFloat},
     * {@link Scan#putInt} or {@link Scan#putObject}, one per iteration in order; an excluded iteration stores the identity.
     */
    void values(long i0, long i1, long from, long to, Scan out);

    /** {@code fast}, which compares some subscripts with the storage only; its twin {@code checked} says which one is outside of its domain. */
    static ScanKernel precise(ScanKernel fast, ScanKernel checked) {
        return (i0, i1, from, to, out) -> Bounds.precisely(() -> fast.values(i0, i1, from, to, out), () -> checked.values(i0, i1, from, to, out));
    }
}
