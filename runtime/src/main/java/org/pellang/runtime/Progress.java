package org.pellang.runtime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a long top-level loop with the time it still needs. Costs a counter per call: the clock is looked at about
 * every 10 ms. Nothing is shown in a loop's first two seconds, nor on ranks other than 0.
 */
public final class Progress {
    private static final long LOOK_NANOS = 10_000_000L;
    private static final long BAR_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 2_000_000_000L;
    private static final int BAR_WIDTH = 30;

    private final @Nullable Console console;
    private int skip;
    private int stride = 1;
    private long lastDone = Long.MAX_VALUE;
    private long lastTotal = -1;
    private long firstDone;
    private long started;
    private long looked;
    private long shown;

    /** @param console where it is shown; null: nowhere */
    public Progress(@Nullable Console console) {
        this.console = console == null || console.progressStyle() == Console.ProgressStyle.OFF ? null : console;
    }

    /**
     * To be called once per iteration.
     *
     * @param done iterations finished
     * @param total all iterations; 0 or less if unknown
     */
    public void update(long done, long total) {
        if (console == null || --skip > 0 && done != total) {
            return;
        }
        look(console, done, total);
    }

    private void look(Console where, long done, long total) {
        long now = System.nanoTime();
        if (total != lastTotal || done < lastDone) {
            started = now;
            shown = now;
            firstDone = done;
            stride = 1;
        } else if (done != total) {
            long gap = now - looked;
            stride = gap < LOOK_NANOS / 2 ? Math.min(stride * 2, 1 << 20) : gap > LOOK_NANOS * 2 ? Math.max(stride / 4, 1) : stride;
        }
        looked = now;
        skip = stride;
        lastDone = done;
        lastTotal = total;
        if (total > 0 && done >= total) {
            where.clearBar();
            lastTotal = -1;
        } else if (now - started >= LINE_NANOS) {
            show(where, done, total, now);
        }
    }

    private void show(Console where, long done, long total, long now) {
        boolean bar = where.progressStyle() == Console.ProgressStyle.BAR;
        if (now - shown < (bar ? BAR_NANOS : LINE_NANOS)) {
            return;
        }
        shown = now;
        double seconds = (now - started) / 1e9;
        if (bar) {
            where.bar(barText(done, total, seconds));
        } else {
            where.report("progress: " + words(done, total, seconds));
        }
    }

    private String words(long done, long total, double seconds) {
        if (total <= 0) {
            return String.format(Locale.ROOT, "%d done, %s so far", done, time(seconds));
        }
        double share = (double) done / total;
        double left = done > firstDone ? seconds * (total - done) / (done - firstDone) : Double.NaN;
        String eta = Double.isNaN(left) ? "?" : time(left);
        return String.format(Locale.ROOT, "%d of %d (%.0f %%), %s left", done, total, 100 * share, eta);
    }

    private String barText(long done, long total, double seconds) {
        if (total <= 0) {
            return words(done, total, seconds);
        }
        int filled = (int) (BAR_WIDTH * ((double) done / total));
        return "[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " + words(done, total, seconds);
    }

    private static String time(double seconds) {
        long s = Math.round(seconds);
        if (s < 100) {
            return s + " s";
        }
        return s < 6000 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s / 60 % 60 + " min";
    }
}
