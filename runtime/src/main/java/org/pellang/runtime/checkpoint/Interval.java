package org.pellang.runtime.checkpoint;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pellang.runtime.PelTrap;

/** How often the state of a loop is saved. */
sealed interface Interval {
    /** After so many passes. */
    record Passes(long count) implements Interval {}

    /** After so much time. */
    record Seconds(double seconds) implements Interval {}

    /** As the measured cost and the mean time between failures make it best. */
    record Auto() implements Interval {}

    Pattern TIME = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|sec|m|min|h|d)\\s*");
    Map<String, Double> UNITS = Map.of("ms", 0.001, "s", 1.0, "sec", 1.0, "m", 60.0, "min", 60.0, "h", 3600.0, "d", 86400.0);

    static Interval of(long passes) {
        if (passes < 1) {
            throw new PelTrap("checkpoint every " + passes + ": must be at least 1");
        }
        return new Passes(passes);
    }

    static Interval of(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        Matcher m = TIME.matcher(text);
        double seconds = m.matches() ? Double.parseDouble(m.group(1)) * UNITS.getOrDefault(m.group(2), 0.0) : 0;
        if (seconds <= 0) {
            throw new PelTrap("checkpoint every \"" + text + "\": not a time such as \"10 min\"");
        }
        return new Seconds(seconds);
    }

    /**
     * The interval that loses the least time to writing and to repeating after failures. Source: J. T. Daly, "A higher order estimate of the optimum
     * checkpoint interval for restart dumps", Future Generation Computer Systems 22 (2006), equation 37; its first term is Young's (1974).
     *
     * @param cost seconds that a checkpoint takes
     * @param mtbf mean seconds between failures
     */
    static double best(double cost, double mtbf) {
        if (cost >= 2 * mtbf) {
            return mtbf;
        }
        double ratio = Math.sqrt(cost / (2 * mtbf));
        return Math.sqrt(2 * cost * mtbf) * (1 + ratio / 3 + ratio * ratio / 9) - cost;
    }
}
