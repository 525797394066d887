package org.pellang.runtime.collective;

import java.util.Locale;

/** The ways to do a collective that has several; one class each. Which exist for what says {@link Collective}. */
public enum Algorithm {
    /** In two steps: within each host, and between one rank of each. */
    HOSTS,
    /** Reductions: slices within each host, pieces of them between the hosts. */
    HOSTS_SLICES,
    /** Everybody to everybody, or to and from the root; reduce and allreduce: every rank works in the arrays of all. */
    DIRECT,
    /** Barrier: everybody signals ever further ranks. */
    DISSEMINATION,
    /** Up a binomial tree, or up and down. */
    TREE,
    /** Down or up a binomial tree; in a gather and a scatter with the parts of whole branches. */
    BINOMIAL,
    /** Broadcast: the readers copy from the root's array. */
    PUBLISH,
    /** Broadcast: down a binomial tree in pieces that stay in a cache. */
    PIECES,
    /** Broadcast: a scatter, then an allgather round the ranks. */
    SCATTER_RING,
    /** Broadcast: a scatter, then an allgather by doubling, for powers of two. */
    SCATTER_DOUBLING,
    /** Reductions: each rank combines one slice. */
    SLICES,
    /** Recursive doubling, for powers of two (scans: any number). */
    DOUBLING,
    /** Reductions: recursive halving of what is combined, for powers of two. */
    HALVING,
    /** Allgather: through rank 0. */
    ROOT,
    /** Round the ranks; allreduce: only where any order gives the same bits. */
    RING,
    /** In rounds of doubling, on any number of ranks. */
    BRUCK,
    /** All-to-all: one partner after the other. */
    PAIRWISE,
    /** All-to-all: many partners at once. */
    SCATTERED,
    /** Scan: from rank to rank; only where any order gives the same bits. */
    CHAIN;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As in tables. */
    @Override
    public String toString() {
        return word;
    }
}
