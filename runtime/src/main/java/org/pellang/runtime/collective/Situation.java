package org.pellang.runtime.collective;

/**
 * What the choice of an algorithm may depend on. All ranks of a communicator see the same.
 *
 * @param bytes of one rank's buffer; allgather and reduce_scatter: of all ranks' parts together; alltoall, gather, scatter: of one part
 * @param elements in those bytes
 * @param ranks of the communicator
 * @param near whether all of them can work in each other's arrays
 * @param hosts on how many hosts they are
 * @param exact whether any order of combining gives the same bits
 */
public record Situation(long bytes, long elements, int ranks, boolean near, int hosts, boolean exact) {
    /** Below, a lent array costs more than its copy. */
    private static final int LEAST_SHARED = 33;

    /** Whether they share memory. */
    boolean node() {
        return hosts == 1;
    }

    /** Whether there are several hosts, one of them with several ranks. */
    boolean spread() {
        return hosts > 1 && hosts < ranks;
    }

    /** Whether an algorithm can do it, with the bits of the fixed tree. What one cannot do it is not asked to, whatever a table says. */
    public boolean allows(Collective what, Algorithm how) {
        return switch (how) {
            case HOSTS, HOSTS_SLICES -> spread();
            case DIRECT -> what != Collective.ALLREDUCE && what != Collective.REDUCE || shares();
            case PUBLISH -> shares();
            case SLICES -> elements >= ranks;
            case DOUBLING -> what == Collective.SCAN || powerOfTwo();
            case SCATTER_DOUBLING -> powerOfTwo() && elements >= ranks;
            case SCATTER_RING -> elements >= ranks;
            case HALVING -> powerOfTwo() && elements >= ranks;
            case RING -> what != Collective.ALLREDUCE || exact && elements >= ranks;
            case CHAIN -> exact;
            case TREE, DISSEMINATION, BINOMIAL, PIECES, ROOT, BRUCK, PAIRWISE, SCATTERED -> true;
        };
    }

    private boolean shares() {
        return near && ranks > 1 && bytes >= LEAST_SHARED;
    }

    private boolean powerOfTwo() {
        return Integer.bitCount(ranks) == 1;
    }
}
