package org.pellang.runtime.trace;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Site;

/** Counts what divided loops of one rank send to others, by place in the program and purpose: what {@code pelrun --report=comm} prints. Used by the rank's thread. */
public final class LoopTraffic {
    /** Environment variable that turns it on. */
    public static final String VARIABLE = "PEL_REPORT_COMM";

    private static final boolean ON = "1".equals(System.getenv(VARIABLE));

    /** Where and what for. */
    private record Key(String site, int line, String purpose) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int c = site.compareTo(other.site);
            c = c == 0 ? Integer.compare(line, other.line) : c;
            return c == 0 ? purpose.compareTo(other.purpose) : c;
        }
    }

    private static final class Sums {
        private long messages;
        private long bytes;
        private long most;
        private final BitSet peers = new BitSet();
    }

    private final Map<Key, Sums> sums = new HashMap<>();

    /** A new one, or null if nobody wants to know. */
    public static @Nullable LoopTraffic ifWanted() {
        return ON ? new LoopTraffic() : null;
    }

    /** A message of so many bytes of contents went to a rank. */
    public void sent(Site site, String purpose, int peer, long bytes) {
        Sums s = sums.computeIfAbsent(new Key(site.file(), site.line(), purpose), k -> new Sums());
        s.messages++;
        s.bytes += bytes;
        s.peers.set(peer);
    }

    /** This rank's counts, one line each: file, line, purpose, messages, bytes, neighbours, with tabulators between. */
    public String encoded() {
        StringBuilder text = new StringBuilder();
        sums.forEach((k, s) -> text.append(k.site).append('\t').append(k.line).append('\t').append(k.purpose).append('\t').append(s.messages).append('\t')
                .append(s.bytes).append('\t').append(s.peers.cardinality()).append('\n'));
        return text.toString();
    }

    /** A head and a line for each place and purpose, from what all ranks {@link #encoded}. */
    public static List<String> lines(List<String> ranks) {
        Map<Key, Sums> all = new TreeMap<>();
        for (String rank : ranks) {
            for (String line : rank.lines().toList()) {
                String[] words = line.split("\t", -1);
                Sums s = all.computeIfAbsent(new Key(words[0], Integer.parseInt(words[1]), words[2]), k -> new Sums());
                s.messages += Long.parseLong(words[3]);
                s.bytes += Long.parseLong(words[4]);
                s.most = Math.max(s.most, Long.parseLong(words[5]));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("%-40s %-12s %12s %16s %12s".formatted("communication on " + ranks.size() + " ranks", "purpose", "messages", "bytes", "neighbours"));
        all.forEach((k, s) -> lines.add("%-40s %-12s %12d %16d %12d".formatted(k.site + ":" + k.line, k.purpose, s.messages, s.bytes, s.most)));
        return lines;
    }
}
