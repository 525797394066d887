package org.pellang.runtime.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this JVM keeps of checkpoints in memory: the parts of its own ranks and those of their partners, so that the state of a job outlives any one of its JVMs. Used by
 * all ranks of the JVM.
 */
public final class PartnerStore {
    /**
     * Elements of an array that follow each other.
     *
     * @param file name of the array's file
     * @param at place of the first byte among the bytes of all elements
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Piece(String file, long at, byte[] bytes) {}

    /**
     * Which checkpoint it is. Two attempts at a job may give one number to different states.
     *
     * @param nonce of the ranks that agreed on it
     */
    record Id(long number, String nonce) implements Comparable<Id> {
        private static final Comparator<Id> ORDER = Comparator.comparingLong(Id::number).thenComparing(Id::nonce);

        @Override
        public int compareTo(Id other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * One rank's part of a checkpoint.
     *
     * @param ranks that wrote it
     * @param lines for the manifest
     */
    record Part(Id id, int rank, int ranks, List<String> lines, List<Piece> pieces) {}

    private final Map<Id, Map<Integer, Part>> parts = new TreeMap<>();

    synchronized void put(Part part) {
        parts.computeIfAbsent(part.id, n -> new TreeMap<>()).put(part.rank, part);
    }

    /** Forgets all checkpoints but this one: every rank has its parts of it. What there is of a later one was begun by an attempt that is over. */
    synchronized void forgetOthers(Id id) {
        parts.keySet().removeIf(k -> !k.equals(id));
    }

    /** All that is kept. */
    synchronized List<Part> parts() {
        List<Part> all = new ArrayList<>();
        parts.values().forEach(byRank -> all.addAll(byRank.values()));
        return all;
    }
}
