package org.pellang.runtime.collective;

import java.util.Locale;

/** The ways to do a collective that has several; one class each. */
public enum Algorithm {
    /** Barrier: everybody signals ever further ranks. */
    DISSEMINATION,
    /** Up and down a binomial tree. */
    TREE,
    /** Allreduce: every rank works in the arrays of all; allgather: everybody to everybody. */
    DIRECT,
    /** Allreduce: each rank combines one slice. */
    SLICES,
    /** Allreduce: recursive doubling, for powers of two. */
    DOUBLING,
    /** Allgather: through rank 0. */
    ROOT,
    /** Allgather: round the ranks. */
    RING;

    /** As in tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
