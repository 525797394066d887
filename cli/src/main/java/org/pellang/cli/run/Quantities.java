package org.pellang.cli.run;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pellang.cli.CommandFailure;

/** Times, sizes and lists of ranks as options write them. */
public final class Quantities {
    private static final Pattern NUMBER_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([a-zA-Z]*)");
    private static final Map<String, Double> SECONDS =
            Map.of("", 1.0, "ms", 0.001, "s", 1.0, "sec", 1.0, "m", 60.0, "min", 60.0, "h", 3600.0);
    private static final Map<String, Integer> SHIFTS =
            Map.of("", 0, "k", 10, "kib", 10, "m", 20, "mib", 20, "g", 30, "gib", 30, "t", 40, "tib", 40);

    private Quantities() {}

    /** {@code 90}, {@code 90s}, {@code 1.5m}, {@code 2h}. */
    public static Duration time(String option, String text) throws CommandFailure {
        Matcher parts = NUMBER_UNIT.matcher(text);
        if (!parts.matches() || !SECONDS.containsKey(parts.group(2))) {
            throw CommandFailure.usage(option + "=" + text + ": a time is written 90, 90s, 1.5m or 2h");
        }
        Duration time = Duration.ofNanos((long) (Double.parseDouble(parts.group(1)) * SECONDS.get(parts.group(2)) * 1e9));
        if (time.isZero()) {
            throw CommandFailure.usage(option + "=" + text + ": must be more than nothing");
        }
        return time;
    }

    /** {@code 512m}, {@code 1.5g}, {@code 4GiB}. */
    public static long bytes(String option, String text) throws CommandFailure {
        Matcher parts = NUMBER_UNIT.matcher(text);
        String unit = parts.matches() ? parts.group(2).toLowerCase(java.util.Locale.ROOT) : "?";
        if (!SHIFTS.containsKey(unit)) {
            throw CommandFailure.usage(option + "=" + text + ": a size is written 512m, 1.5g or 4GiB");
        }
        long bytes = (long) (Double.parseDouble(parts.group(1)) * (1L << SHIFTS.get(unit)));
        if (bytes < 1L << 20) {
            throw CommandFailure.usage(option + "=" + text + ": less than 1 MiB per rank does not do");
        }
        return bytes;
    }

    /** {@code 0,2-3} of so many ranks. */
    public static Set<Integer> ranks(String option, String text, int size) throws CommandFailure {
        Set<Integer> ranks = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[0-9]{1,9}(-[0-9]{1,9})?")) {
                throw CommandFailure.usage(option + "=" + text + ": ranks are written 0,2-3");
            }
            String[] ends = part.split("-");
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (last >= size) {
                throw CommandFailure.usage(option + "=" + text + ": there are only the ranks 0 to " + (size - 1));
            }
            for (int r = Integer.parseInt(ends[0]); r <= last; r++) {
                ranks.add(r);
            }
        }
        return ranks;
    }
}
