package org.pellang.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A communicator whose ranks are the nodes of a directed graph, each knowing its own edges only (MPI_Dist_graph_create). The neighbourhood
 * collectives send along the edges that leave a rank and receive along those that come, in the order given. Several edges between two ranks
 * are kept apart: the k-th that one has to the other is the k-th that the other has from it.
 */
public final class Graph {
    private static final int EDGE_WORDS = 2;

    private final Comm comm;
    private final int[] sources;
    private final int[] destinations;
    private final int[] sourceTags;
    private final int[] destinationTags;

    private Graph(Comm comm, int[] sources, int[] destinations) {
        this.comm = comm;
        this.sources = sources;
        this.destinations = destinations;
        this.sourceTags = occurrences(sources);
        this.destinationTags = occurrences(destinations);
    }

    /** How often each entry has been there before. */
    private static int[] occurrences(int[] ranks) {
        Map<Integer, Integer> seen = new HashMap<>();
        int[] tags = new int[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            tags[i] = seen.merge(ranks[i], 1, Integer::sum) - 1;
        }
        return tags;
    }

    /**
     * Collective: every rank names its own edges, on both of their ends (MPI_Dist_graph_create_adjacent).
     *
     * @param sources ranks from which edges come to this one
     * @param destinations ranks to which edges go from this one
     */
    public static Graph adjacent(Comm comm, int[] sources, int[] destinations) {
        for (int rank : sources) {
            comm.checkedPeer(rank);
        }
        for (int rank : destinations) {
            comm.checkedPeer(rank);
        }
        return new Graph(comm.dup(), sources.clone(), destinations.clone());
    }

    /**
     * Collective: any rank names any edges (MPI_Dist_graph_create). A rank's neighbours are ordered by who named the edge, then as named.
     *
     * @param edges pairs: from, to
     */
    public static Graph of(Comm comm, int[][] edges) {
        List<List<Integer>> mine = new ArrayList<>();
        for (int r = 0; r < comm.size(); r++) {
            mine.add(new ArrayList<>());
        }
        for (int[] edge : edges) {
            if (edge.length != EDGE_WORDS) {
                throw new CommException("an edge is a pair of ranks, not " + Arrays.toString(edge));
            }
            // Both ends hear of it: direction and the other end.
            mine.get(comm.checkedPeer(edge[0])).addAll(List.of(1, edge[1]));
            mine.get(comm.checkedPeer(edge[1])).addAll(List.of(0, edge[0]));
        }
        int[] sendCounts = mine.stream().mapToInt(List::size).toArray();
        int[] sendDispls = starts(sendCounts);
        int[] recvCounts = new int[comm.size()];
        comm.alltoall(sendCounts, 0, 1, recvCounts, 0);
        int[] recvDispls = starts(recvCounts);
        int[] heard = new int[Arrays.stream(recvCounts).sum()];
        int[] told = mine.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
        comm.alltoallv(Site.NONE, told, sendCounts, sendDispls, heard, recvCounts, recvDispls);
        return adjacent(comm, ends(heard, 0), ends(heard, 1));
    }

    private static int[] starts(int[] counts) {
        int[] starts = new int[counts.length];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + counts[i - 1];
        }
        return starts;
    }

    private static int[] ends(int[] heard, int direction) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < heard.length; i += EDGE_WORDS) {
            if (heard[i] == direction) {
                ends.add(heard[i + 1]);
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The communicator of the graph. */
    public Comm comm() {
        return comm;
    }

    /** Ranks from which edges come (MPI_Dist_graph_neighbors). */
    public int[] sources() {
        return sources.clone();
    }

    /** Ranks to which edges go (MPI_Dist_graph_neighbors). */
    public int[] destinations() {
        return destinations.clone();
    }

    /** {@code len} elements along every edge that leaves; what comes along edge k at {@code recvOff + k * len} (MPI_Neighbor_allgather). */
    public void neighborAllgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        neighborAllgatherv(sendBuf, sendOff, len, recvBuf, Blocks.equal(sources.length, len), Blocks.steps(sources.length, recvOff, len));
    }

    /** As {@link #neighborAllgather} with a length and a place for each edge that comes (MPI_Neighbor_allgatherv). */
    public void neighborAllgatherv(Object sendBuf, int sendOff, int len, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        ineighborAllgatherv(sendBuf, sendOff, len, recvBuf, recvCounts, recvDispls).await();
    }

    /** As {@link #neighborAllgatherv}, returning at once (MPI_Ineighbor_allgatherv). */
    public Request ineighborAllgatherv(Object sendBuf, int sendOff, int len, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        int[] displs = new int[destinations.length];
        Arrays.fill(displs, sendOff);
        return ineighborAlltoallv(sendBuf, Blocks.equal(destinations.length, len), displs, recvBuf, recvCounts, recvDispls);
    }

    /** As {@link #neighborAllgather}, returning at once (MPI_Ineighbor_allgather). */
    public Request ineighborAllgather(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return ineighborAllgatherv(sendBuf, sendOff, len, recvBuf, Blocks.equal(sources.length, len), Blocks.steps(sources.length, recvOff, len));
    }

    /** As {@link #neighborAlltoall}, returning at once (MPI_Ineighbor_alltoall). */
    public Request ineighborAlltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        return ineighborAlltoallv(sendBuf, Blocks.equal(destinations.length, len), Blocks.steps(destinations.length, sendOff, len),
                recvBuf, Blocks.equal(sources.length, len), Blocks.steps(sources.length, recvOff, len));
    }

    /** {@link #neighborAlltoallv} to be started again and again (MPI_Neighbor_alltoallv_init). */
    public PersistentRequest neighborAlltoallvInit(Object sendBuf, int[] sendCounts, int[] sendDispls,
            Object recvBuf, int[] recvCounts, int[] recvDispls) {
        return new PersistentRequest(() -> ineighborAlltoallv(sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls));
    }

    /** Part k along edge k that leaves; {@code in[k]} is from edge k that comes (MPI_Neighbor_alltoallw). Kinds and numbers of elements may differ. */
    public void neighborAlltoall(Part[] out, Part[] in) {
        List<Request> requests = new ArrayList<>();
        for (int k = 0; k < sources.length; k++) {
            requests.add(comm.irecv(in[k], sources[k], sourceTags[k]));
        }
        for (int k = 0; k < destinations.length; k++) {
            requests.add(comm.isend(out[k], destinations[k], destinationTags[k]));
        }
        requests.forEach(Request::await);
    }

    /** Block k of {@code len} elements along edge k that leaves; block k received is from edge k that comes (MPI_Neighbor_alltoall). */
    public void neighborAlltoall(Object sendBuf, int sendOff, int len, Object recvBuf, int recvOff) {
        neighborAlltoallv(sendBuf, Blocks.equal(destinations.length, len), Blocks.steps(destinations.length, sendOff, len),
                recvBuf, Blocks.equal(sources.length, len), Blocks.steps(sources.length, recvOff, len));
    }

    /** As {@link #neighborAlltoall} with lengths and places per edge (MPI_Neighbor_alltoallv). */
    public void neighborAlltoallv(Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        ineighborAlltoallv(sendBuf, sendCounts, sendDispls, recvBuf, recvCounts, recvDispls).await();
    }

    /** As {@link #neighborAlltoallv}, returning at once (MPI_Ineighbor_alltoallv). */
    public Request ineighborAlltoallv(Object sendBuf, int[] sendCounts, int[] sendDispls, Object recvBuf, int[] recvCounts, int[] recvDispls) {
        List<Request> requests = new ArrayList<>();
        for (int k = 0; k < sources.length; k++) {
            requests.add(comm.irecv(recvBuf, recvDispls[k], recvCounts[k], sources[k], sourceTags[k]));
        }
        for (int k = 0; k < destinations.length; k++) {
            requests.add(comm.isend(sendBuf, sendDispls[k], sendCounts[k], destinations[k], destinationTags[k]));
        }
        return new AllRequests(List.copyOf(requests));
    }
}
