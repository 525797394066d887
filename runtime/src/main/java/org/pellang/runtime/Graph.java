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
public final class Graph extends Neighborhood {
    private static final int EDGE_WORDS = 2;

    private Graph(Comm comm, int[] sources, int[] destinations) {
        this(comm, sources, occurrences(sources), destinations, occurrences(destinations));
    }

    private Graph(Comm comm, int[] sources, int[] sourceSlots, int[] destinations, int[] destinationSlots) {
        super(comm, sources, sourceSlots, destinations, destinationSlots,
                (int) comm.allreduce(Math.max(Arrays.stream(sourceSlots).max().orElse(0), Arrays.stream(destinationSlots).max().orElse(0)) + 1L, Op.MAX));
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
}
