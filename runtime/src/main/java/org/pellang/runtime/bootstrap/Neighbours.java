package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pellang.runtime.transport.ring.BelledFabric;
import org.pellang.runtime.transport.ring.RingTransport;
import org.pellang.runtime.transport.shm.SharedSegment;
import org.pellang.runtime.transport.tcp.TcpTransport;

/** The segment that the JVMs of a job on one host share: a mapping for each rank of this JVM, or none if it is alone there. */
final class Neighbours {
    private static final String NAME = "segment-of-host-";

    private final Map<Integer, SharedSegment> mappings = new HashMap<>();
    private final int[] members;
    private final int[] own;

    /** @param folder for the segment, if there is to be one @param suffix of its name */
    Neighbours(Placement placement, Path folder, String suffix) throws IOException {
        this.own = placement.ranksOf(placement.me());
        this.members = placement.ranksOnHost();
        if (placement.sharesHost()) {
            for (int r : own) {
                mappings.put(r, SharedSegment.attach(folder, NAME + placement.hosts()[placement.me()] + suffix, members.length));
            }
        }
    }

    /** Ranks of other JVMs on this host. */
    Set<Integer> ranks() {
        Set<Integer> others = new HashSet<>();
        if (!mappings.isEmpty()) {
            Arrays.stream(members).forEach(others::add);
            Arrays.stream(own).forEach(others::remove);
        }
        return others;
    }

    /** Ranks of this JVM, by their numbers on the segment, with the board they count on. */
    Optional<JobCounts.Counter> counter() {
        return mappings.values().stream().findFirst().map(segment ->
                new JobCounts.Counter(segment.board(), Arrays.stream(own).map(this::number).toArray()));
    }

    private int number(int rank) {
        return Arrays.binarySearch(members, rank);
    }

    /** The access of a rank of this JVM. Those who sleep do so in the selectors of their connections. */
    Optional<RingTransport> ring(int rank, int ranks, TcpTransport connections) {
        Set<Integer> others = ranks();
        return Optional.ofNullable(mappings.get(rank)).map(segment -> {
            BelledFabric fabric = new BelledFabric(segment, number -> {
                if (others.contains(members[number])) {
                    connections.bell(members[number]);
                }
            });
            return new RingTransport(fabric, number(rank), members, ranks);
        });
    }
}
