package org.pellang.runtime.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts which algorithms the collectives of a rank used, by ranks and size: what {@code pelrun --explain-coll} prints. Used by one thread at a time. */
public final class AlgorithmLog {
    /** Environment variable that turns it on. */
    public static final String VARIABLE = "PEL_EXPLAIN_COLL";

    private static final boolean ON = "1".equals(System.getenv(VARIABLE));

    private record Key(String collective, int ranks, int sizeClass, String algorithm) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int c = collective.compareTo(other.collective);
            c = c == 0 ? Integer.compare(ranks, other.ranks) : c;
            c = c == 0 ? Integer.compare(sizeClass, other.sizeClass) : c;
            return c == 0 ? algorithm.compareTo(other.algorithm) : c;
        }
    }

    private final Map<Key, Long> counts = new TreeMap<>();

    /** Whether anybody wants to know. */
    public static boolean on() {
        return ON;
    }

    /** A collective of so many bytes was done. */
    public synchronized void count(String collective, int ranks, long bytes, Object algorithm) {
        counts.merge(new Key(collective, ranks, Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, bytes - 1)), algorithm.toString()), 1L, Long::sum);
    }

    /** A head and one line for each; empty if there was none. Sizes are rounded up to powers of two. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!counts.isEmpty()) {
            lines.add("%-10s %6s %12s %-14s %10s".formatted("collective", "ranks", "up to", "algorithm", "calls"));
        }
        counts.forEach((k, n) -> lines.add("%-10s %6d %10d B %-14s %10d".formatted(k.collective, k.ranks, 1L << k.sizeClass, k.algorithm, n)));
        return lines;
    }
}
