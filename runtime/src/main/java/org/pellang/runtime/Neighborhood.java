package org.pellang.runtime;

import java.util.Arrays;
import org.pellang.runtime.collective.Started;

/**
 * A communicator whose ranks have neighbours: on a grid or along the edges of a graph. The neighbourhood collectives send to {@link #destinations} and
 * receive from {@link #sources}, in their order, of each primitive array ({@link DoubleNeighbors} and its kin) or of parts. They match each other only,
 * never messages or other collectives of the communicator; all ranks call them in the same order.
 */
public abstract sealed class Neighborhood
        implements DoubleNeighbors, LongNeighbors, IntNeighbors, FloatNeighbors, ShortNeighbors, ByteNeighbors, BooleanNeighbors
        permits Cartesian, Graph {
    final Comm comm;
    private final int[] sources;
    private final int[] sourceSlots;
    private final int[] destinations;
    private final int[] destinationSlots;
    private final int slots;

    /**
     * @param sourceSlots for each source, which of the edges from that rank to this one it is
     * @param destinationSlots the same number on the other side
     * @param slots more than the largest of these, the same on all ranks
     */
    Neighborhood(Comm comm, int[] sources, int[] sourceSlots, int[] destinations, int[] destinationSlots, int slots) {
        this.comm = comm;
        this.sources = sources;
        this.sourceSlots = sourceSlots;
        this.destinations = destinations;
        this.destinationSlots = destinationSlots;
        this.slots = Math.max(1, slots);
    }

    /** The communicator of the grid or graph. */
    public Comm comm() {
        return comm;
    }

    /** Ranks from which something comes, in order (MPI_Dist_graph_neighbors); {@link Comm#PROC_NULL} beyond the end of a grid. */
    public int[] sources() {
        return sources.clone();
    }

    /** Ranks to which something goes, in order (MPI_Dist_graph_neighbors); {@link Comm#PROC_NULL} beyond the end of a grid. */
    public int[] destinations() {
        return destinations.clone();
    }

    // ---- what DoubleNeighbors and its kin call with their arrays ----

    Request ineighborAllgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return ineighborAllgatherv(sendBuf, sendOff, len, recvBuf, Blocks.equal(sources.length, len), Blocks.steps(sources.length, recvOff, len));
    }

    Request ineighborAllgatherv(Object sendBuf, int sendOff, int len, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        int[] displs = new int[destinations.length];
        Arrays.fill(displs, sendOff);
        return ineighborAlltoallv(sendBuf, Blocks.equal(destinations.length, len), displs, recvBuf, recvCounts, recvDispls);
    }

    Request ineighborAlltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return ineighborAlltoallv(sendBuf, Blocks.equal(destinations.length, len), Blocks.steps(destinations.length, sendOff, len),
                recvBuf, Blocks.equal(sources.length, len), Blocks.steps(sources.length, recvOff, len));
    }

    Request ineighborAlltoallv(Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        Started.Edge[] in = new Started.Edge[sources.length];
        for (int k = 0; k < in.length; k++) {
            in[k] = new Started.Edge(sources[k], sourceSlots[k], recvBuf, recvDispls[k], recvCounts[k]);
        }
        Started.Edge[] out = new Started.Edge[destinations.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = new Started.Edge(destinations[k], destinationSlots[k], sendBuf, sendDispls[k], sendCounts[k]);
        }
        return comm.edges(slots, in, out);
    }

    // ---- parts ----

    /** The part to every destination; {@code all} gets as much from every source, in order (MPI_Neighbor_allgather). */
    public void neighborAllgather(Part mine, Part all) {
        ineighborAllgather(mine, all).await();
    }

    /** As {@link #neighborAllgather(Part, Part)}, returning at once (MPI_Ineighbor_allgather). */
    public Request ineighborAllgather(Part mine, Part all) {
        int n = sources.length;
        if (all.count() != mine.count() * n) {
            throw new CommException("neighborAllgather: a part of " + all.count() + " elements is not " + n + " blocks of " + mine.count());
        }
        Part[] in = new Part[n];
        for (int k = 0; k < n; k++) {
            in[k] = all.piece(k * mine.count(), mine.count());
        }
        return ineighborAllgatherv(mine, in);
    }

    /** {@link #neighborAllgather(Part, Part)} to be started again and again (MPI_Neighbor_allgather_init). */
    public PersistentRequest neighborAllgatherInit(Part mine, Part all) {
        return new PersistentRequest(() -> ineighborAllgather(mine, all));
    }

    /** The part to every destination; {@code in[k]} is from source k, with a length of its own (MPI_Neighbor_allgatherv). */
    public void neighborAllgatherv(Part mine, Part[] in) {
        ineighborAllgatherv(mine, in).await();
    }

    /** As {@link #neighborAllgatherv(Part, Part[])}, returning at once (MPI_Ineighbor_allgatherv). */
    public Request ineighborAllgatherv(Part mine, Part[] in) {
        return ineighborAlltoall(Blocks.same(destinations.length, mine), in);
    }

    /** {@link #neighborAllgatherv(Part, Part[])} to be started again and again (MPI_Neighbor_allgatherv_init). */
    public PersistentRequest neighborAllgathervInit(Part mine, Part[] in) {
        return new PersistentRequest(() -> ineighborAllgatherv(mine, in));
    }

    /** Part k to destination k; {@code in[k]} is from source k (MPI_Neighbor_alltoallw). Kinds and numbers of elements may differ. */
    public void neighborAlltoall(Part[] out, Part[] in) {
        ineighborAlltoall(out, in).await();
    }

    /** As {@link #neighborAlltoall(Part[], Part[])}, returning at once (MPI_Ineighbor_alltoallw). */
    public Request ineighborAlltoall(Part[] out, Part[] in) {
        if (out.length != destinations.length || in.length != sources.length) {
            throw new CommException("neighborAlltoall: " + out.length + " parts for " + destinations.length + " destinations and " + in.length
                    + " for " + sources.length + " sources");
        }
        PartEdges edges = new PartEdges(comm, comm.forNeighbors());
        for (int k = 0; k < in.length; k++) {
            edges.from(sources[k], sourceSlots[k], in[k]);
        }
        for (int k = 0; k < out.length; k++) {
            edges.to(destinations[k], destinationSlots[k], out[k]);
        }
        return edges.start(CollectiveCalls.NEIGHBORS, slots);
    }

    /** {@link #neighborAlltoall(Part[], Part[])} to be started again and again (MPI_Neighbor_alltoallw_init). */
    public PersistentRequest neighborAlltoallInit(Part[] out, Part[] in) {
        return new PersistentRequest(() -> ineighborAlltoall(out, in));
    }
}
