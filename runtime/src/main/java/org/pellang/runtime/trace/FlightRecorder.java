package org.pellang.runtime.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pellang.runtime.Site;

/** The last 16 operations of one rank. Written by the rank's thread without synchronisation; others may read a torn last entry. */
public final class FlightRecorder {
    private static final int DEPTH = 16;

    private final String[] names = new String[DEPTH];
    private final Site[] sites = new Site[DEPTH];
    private final int[] peers = new int[DEPTH];
    private final int[] tags = new int[DEPTH];
    private final long[] bytes = new long[DEPTH];
    private final int[] sequences = new int[DEPTH];
    /** Read by other threads when the job has stopped. */
    private final Map<Integer, String> tagNames = new ConcurrentHashMap<>();
    private final AlgorithmLog algorithms = new AlgorithmLog();
    private long next;

    /** What collectives were done by. */
    public AlgorithmLog algorithms() {
        return algorithms;
    }

    /** Says what messages with this tag belong to, for instance {@code "channel token"}. */
    public void nameTag(int tag, String name) {
        tagNames.put(tag, name);
    }

    /** {@code "tag 3"}, {@code "any tag"}, or the name that was given. */
    public String tag(int tag) {
        return tag < 0 ? "any tag" : tagNames.getOrDefault(tag, "tag " + tag);
    }

    /** Records a point-to-point operation; negative peers and tags are wildcards. */
    public void message(String name, int peer, int tag, long length) {
        record(name, Site.NONE, peer, tag, length, -1);
    }

    /** Records a collective with its sequence number on its communicator. */
    public void collective(String name, Site site, int sequence, long length) {
        record(name, site, -1, -1, length, sequence);
    }

    private void record(String name, Site site, int peer, int tag, long length, int sequence) {
        int i = (int) (next++ & DEPTH - 1);
        // Stores of references mark the collector's cards, whose cache lines are shared with other ranks of this JVM.
        if (names[i] != name) {
            names[i] = name;
        }
        if (sites[i] != site) {
            sites[i] = site;
        }
        peers[i] = peer;
        tags[i] = tag;
        bytes[i] = length;
        sequences[i] = sequence;
    }

    /** The recorded operations, oldest first, one line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        long end = next;
        for (long k = Math.max(0, end - DEPTH); k < end; k++) {
            lines.add(line((int) (k & DEPTH - 1), k + 1));
        }
        return lines;
    }

    private String line(int i, long number) {
        String size = bytes[i] == 0 ? "" : " " + bytes[i] + " bytes";
        if (sequences[i] >= 0) {
            String place = sites[i].known() ? " at " + sites[i] : "";
            return "#" + number + " " + names[i] + " (collective " + sequences[i] + ")" + size + place;
        }
        boolean sends = names[i].endsWith("send");
        String peer = sends ? " to rank " + peers[i] : peers[i] < 0 ? " from any rank" : " from rank " + peers[i];
        return "#" + number + " " + names[i] + peer + ", " + tag(tags[i]) + size;
    }
}
