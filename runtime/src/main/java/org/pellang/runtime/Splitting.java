package org.pellang.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;

/** Makes communicators out of others: one allgather of (colour, key, first free number). */
final class Splitting {
    private static final Site SPLIT = new Site("", 0, "split");
    private static final int WORDS = 3;
    /** A communicator takes a number for messages and one for collectives. */
    private static final int NUMBERS = 2;

    private Splitting() {}

    private record Entry(int rank, long key) {}

    static @Nullable Comm split(Comm parent, Endpoint endpoint, int color, int key) {
        long[] mine = {color, key, endpoint.freeContext()};
        long[] all = new long[WORDS * parent.size()];
        parent.allgather(SPLIT, mine, 0, WORDS, all, 0);
        List<Entry> chosen = new ArrayList<>();
        int context = 0;
        for (int r = 0; r < parent.size(); r++) {
            context = (int) Math.max(context, all[WORDS * r + 2]);
            if (all[WORDS * r] == color) {
                chosen.add(new Entry(r, all[WORDS * r + 1]));
            }
        }
        endpoint.takeContexts(context + NUMBERS);
        if (color < 0) {
            return null;
        }
        chosen.sort(Comparator.comparingLong(Entry::key).thenComparingInt(Entry::rank));
        int[] parentRanks = parent.group().worldRanks();
        int[] world = chosen.stream().mapToInt(e -> parentRanks[e.rank()]).toArray();
        return Comm.within(parent, Members.of(world, endpoint.rank(), endpoint.size()), context);
    }

    /** The first of the group collects the free numbers and tells the largest. */
    static Comm ofGroup(Comm parent, Endpoint endpoint, Group group, int tag) {
        int[] world = group.worldRanks();
        int me = group.rankOf(endpoint.rank());
        if (me < 0) {
            throw new CommException("createGroup: rank " + parent.rank() + " is not in the group");
        }
        int[] context = {endpoint.freeContext()};
        int[] other = new int[1];
        for (int r = 1; r < world.length && me == 0; r++) {
            parent.recv(other, 0, 1, parent.members().local(world[r]), tag);
            context[0] = Math.max(context[0], other[0]);
        }
        if (me == 0) {
            for (int r = 1; r < world.length; r++) {
                parent.send(context, 0, 1, parent.members().local(world[r]), tag);
            }
        } else {
            int first = parent.members().local(world[0]);
            parent.sendRecv(context, 0, 1, first, tag, other, 0, 1, first, tag);
            context[0] = other[0];
        }
        endpoint.takeContexts(context[0] + NUMBERS);
        return Comm.within(parent, Members.of(world, endpoint.rank(), endpoint.size()), context[0]);
    }

    static Comm byHost(Comm parent) {
        byte[][] hosts = parent.allgatherBytes(SPLIT, Rank.hostName().getBytes(StandardCharsets.UTF_8));
        int color = 0;
        while (!java.util.Arrays.equals(hosts[color], hosts[parent.rank()])) {
            color++;
        }
        return Objects.requireNonNull(parent.split(color, parent.rank()));
    }
}
