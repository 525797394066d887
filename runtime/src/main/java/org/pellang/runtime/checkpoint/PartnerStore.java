package org.pellang.runtime.checkpoint;

import java.util.ArrayList;
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
     * One rank's part of a checkpoint.
     *
     * @param number of the checkpoint
     * @param ranks that wrote it
     * @param lines for the manifest
     */
    record Part(long number, int rank, int ranks, List<String> lines, List<Piece> pieces) {}

    private final Map<Long, Map<Integer, Part>> parts = new TreeMap<>();

    synchronized void put(Part part) {
        parts.computeIfAbsent(part.number, n -> new TreeMap<>()).put(part.rank, part);
    }

    /** Forgets all checkpoints before this one: every rank has its parts of it. */
    synchronized void forgetBefore(long number) {
        parts.keySet().removeIf(n -> n < number);
    }

    /** All that is kept. */
    synchronized List<Part> parts() {
        List<Part> all = new ArrayList<>();
        parts.values().forEach(byRank -> all.addAll(byRank.values()));
        return all;
    }
}
