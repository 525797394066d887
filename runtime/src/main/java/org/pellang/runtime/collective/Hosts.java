package org.pellang.runtime.collective;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * On which host each rank of a communicator is, and the tree that hierarchical collectives go along: binomial between one rank of each host, and
 * binomial within each host. Hosts are numbered by their lowest ranks.
 */
final class Hosts {
    private final int[] hostOf;
    /** By host, in order. */
    private final int[][] ranks;

    /** @param names any number for each rank, equal for those of one host */
    Hosts(int size, IntUnaryOperator names) {
        int[] all = IntStream.range(0, size).map(names).toArray();
        int[] distinct = IntStream.of(all).distinct().toArray();
        this.ranks = new int[distinct.length][];
        this.hostOf = new int[size];
        for (int h = 0; h < distinct.length; h++) {
            int name = distinct[h];
            ranks[h] = IntStream.range(0, size).filter(r -> all[r] == name).toArray();
            for (int r : ranks[h]) {
                hostOf[r] = h;
            }
        }
    }

    int count() {
        return ranks.length;
    }

    /** The host of a rank. */
    int of(int rank) {
        return hostOf[rank];
    }

    /** The ranks of a host, in order. Not to be changed. */
    int[] ranksOf(int host) {
        return ranks[host];
    }

    /** The rank of a host that talks to others: the root on its own host, else the first. */
    int leader(int host, int root) {
        return hostOf[root] == host ? root : ranks[host][0];
    }

    /** The rank above in the tree; -1 for the root. */
    int parent(int root, int rank) {
        int host = hostOf[rank];
        if (rank != leader(host, root)) {
            int at = place(root, rank);
            return at(root, host, at - Integer.lowestOneBit(at));
        }
        int step = Math.floorMod(host - hostOf[root], count());
        return step == 0 ? -1 : leader((step - Integer.lowestOneBit(step) + hostOf[root]) % count(), root);
    }

    /** The ranks below in the tree, those with the largest branches first: other hosts before this one. */
    int[] children(int root, int rank) {
        int[] found = new int[2 * Integer.SIZE];
        int n = 0;
        int host = hostOf[rank];
        if (rank == leader(host, root)) {
            int me = Math.floorMod(host - hostOf[root], count());
            for (int step = firstStep(me, count()); step > 0; step >>= 1) {
                if (me + step < count()) {
                    found[n++] = leader((me + step + hostOf[root]) % count(), root);
                }
            }
        }
        int me = place(root, rank);
        for (int step = firstStep(me, ranks[host].length); step > 0; step >>= 1) {
            if (me + step < ranks[host].length) {
                found[n++] = at(root, host, me + step);
            }
        }
        return Arrays.copyOf(found, n);
    }

    private static int firstStep(int me, int size) {
        return me == 0 ? Integer.highestOneBit(Math.max(1, size - 1)) : Integer.lowestOneBit(me) >> 1;
    }

    /** A rank and all below it. */
    BitSet branch(int root, int rank) {
        BitSet all = new BitSet(hostOf.length);
        addBranch(root, rank, all);
        return all;
    }

    private void addBranch(int root, int rank, BitSet all) {
        all.set(rank);
        for (int child : children(root, rank)) {
            addBranch(root, child, all);
        }
    }

    /** Its number on its host, where the leader is 0. */
    private int place(int root, int rank) {
        int[] here = ranks[hostOf[rank]];
        int leader = leader(hostOf[rank], root);
        int at = Arrays.binarySearch(here, rank);
        return rank == leader ? 0 : rank < leader ? at + 1 : at;
    }

    private int at(int root, int host, int place) {
        int leader = leader(host, root);
        if (place == 0) {
            return leader;
        }
        int lower = ranks[host][place - 1];
        return lower < leader ? lower : ranks[host][place];
    }
}
