package org.pellang.runtime.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Site;

/** How long the iterations of divided loops took on one rank, all its threads together: what {@code pelrun --report=balance} prints. */
public final class LoopTimes {
    /** Environment variable that turns it on. */
    public static final String VARIABLE = "PEL_REPORT_BALANCE";

    private static final boolean ON = "1".equals(System.getenv(VARIABLE));

    private record Place(String file, int line) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int c = file.compareTo(other.file);
            return c == 0 ? Integer.compare(line, other.line) : c;
        }
    }

    private final Map<Place, LongAdder> nanos = new ConcurrentHashMap<>();

    /** New ones, or null if nobody wants to know. */
    public static @Nullable LoopTimes ifWanted() {
        return ON ? new LoopTimes() : null;
    }

    /** Iterations of a loop took so long. */
    public void add(Site site, long time) {
        nanos.computeIfAbsent(new Place(site.file(), site.line()), k -> new LongAdder()).add(time);
    }

    /** This rank's times, one line each: file, line, nanoseconds, with tabulators between. */
    public String encoded() {
        StringBuilder text = new StringBuilder();
        nanos.forEach((k, n) -> text.append(k.file).append('\t').append(k.line).append('\t').append(n.sum()).append('\n'));
        return text.toString();
    }

    /** A head and a line for each loop, from what all ranks {@link #encoded}: least, mean and most of the ranks, and most over mean. */
    public static List<String> lines(List<String> ranks) {
        Map<Place, List<Double>> all = new TreeMap<>();
        for (String rank : ranks) {
            for (String line : rank.lines().toList()) {
                String[] words = line.split("\t", -1);
                all.computeIfAbsent(new Place(words[0], Integer.parseInt(words[1])), k -> new ArrayList<>()).add(Long.parseLong(words[2]) / 1e6);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("%-40s %12s %12s %12s %10s".formatted("time in iterations on " + ranks.size() + " ranks", "least ms", "mean ms", "most ms", "imbalance"));
        all.forEach((place, times) -> {
            double most = times.stream().mapToDouble(t -> t).max().orElse(0);
            double mean = times.stream().mapToDouble(t -> t).sum() / ranks.size();
            double least = times.size() < ranks.size() ? 0 : times.stream().mapToDouble(t -> t).min().orElse(0);
            lines.add("%-40s %12.3f %12.3f %12.3f %10.2f".formatted(place.file + ":" + place.line, least, mean, most, mean > 0 ? most / mean : 1.0));
        });
        return lines;
    }
}
