package org.pellang.runtime.collective;

import static org.pellang.runtime.collective.Algorithm.*;

import java.util.List;
import java.util.Locale;

/** The collectives with several algorithms, and which these are. The last of each works for any size on any number of ranks, wherever they are. */
public enum Collective {
    BARRIER(HOSTS, TREE, DISSEMINATION),
    BCAST(HOSTS, PUBLISH, PIECES, SCATTER_DOUBLING, SCATTER_RING, BINOMIAL),
    REDUCE(HOSTS, HOSTS_SLICES, DIRECT, SLICES, TREE),
    ALLREDUCE(HOSTS, HOSTS_SLICES, DIRECT, SLICES, HALVING, RING, DOUBLING, TREE),
    ALLGATHER(HOSTS, DIRECT, ROOT, DOUBLING, BRUCK, RING),
    /** {@code MPI_Reduce_scatter} and {@code _block}. */
    REDUCE_SCATTER(HOSTS, HALVING, SLICES, TREE),
    /** Of equal blocks; those of different lengths are always scattered. */
    ALLTOALL(HOSTS, BRUCK, PAIRWISE, SCATTERED),
    /** Of equal parts; those of different lengths go directly. */
    GATHER(HOSTS, BINOMIAL, DIRECT),
    /** Of equal parts; those of different lengths go directly. */
    SCATTER(HOSTS, BINOMIAL, DIRECT),
    /** Inclusive and exclusive. */
    SCAN(CHAIN, DOUBLING);

    private final String word = name().toLowerCase(Locale.ROOT);
    private final List<Algorithm> algorithms;

    Collective(Algorithm... algorithms) {
        this.algorithms = List.of(algorithms);
    }

    /** What there is to choose from. */
    public List<Algorithm> algorithms() {
        return algorithms;
    }

    /** As in tables. */
    @Override
    public String toString() {
        return word;
    }
}
