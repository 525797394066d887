package org.pellang.runtime.checkpoint;

import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;

/**
 * When one loop is saved. By passes every rank counts for itself. By time rank 0's clock decides for all; the ranks ask it together, rarely enough not to be
 * noticed.
 */
final class Schedule {
    private static final Site SITE = new Site("", 0, "checkpoint clock");
    /** Until the cost of a checkpoint is known. */
    private static final double FIRST_AUTO_SECONDS = 30;
    private static final double LEAST_AUTO_SECONDS = 5;
    private static final double LONGEST_UNASKED_SECONDS = 0.1;

    private final Rank rank;
    private final Interval interval;
    private final Checkpoints all;
    private final LoopSpec spec;
    private long lastSaved;
    private long nextAsk = 2;
    private long stride = 1;
    private long askedAt;
    private long savedAt;
    private double cost;

    Schedule(Rank rank, Interval interval, Checkpoints all, LoopSpec spec) {
        this.rank = rank;
        this.interval = interval;
        this.all = all;
        this.spec = spec;
        // Pass numbers of this visit, as if the visits before had belonged to it.
        this.lastSaved = 1 - all.unsaved(spec.number());
        this.savedAt = now();
        this.askedAt = savedAt;
    }

    /** Whether the state is to be saved at this pass; the same on all ranks. */
    boolean due(long pass) {
        return switch (interval) {
            case Interval.Passes p -> pass > 1 && pass - lastSaved >= p.count();
            case Interval.Seconds s -> pass >= nextAsk && ask(pass, s.seconds());
            case Interval.Auto _ -> pass >= nextAsk && ask(pass, automatic());
        };
    }

    /** The next pass at which {@link #due} may be true. */
    long next() {
        return switch (interval) {
            case Interval.Passes p -> lastSaved + p.count();
            case Interval.Seconds _, Interval.Auto _ -> nextAsk;
        };
    }

    private long now() {
        return all.options().faults().now();
    }

    private double automatic() {
        return cost == 0 ? FIRST_AUTO_SECONDS : Math.max(LEAST_AUTO_SECONDS, Interval.best(cost, all.options().mtbf()));
    }

    private boolean ask(long pass, double seconds) {
        long[] answer = new long[2];
        if (rank.rank() == 0) {
            long now = now();
            double gap = (now - askedAt) / 1e9;
            double wanted = Math.min(LONGEST_UNASKED_SECONDS, seconds / 20);
            stride = gap < wanted / 2 ? Math.min(stride * 2, 1L << 40) : gap > wanted * 2 ? Math.max(1, stride / 4) : stride;
            askedAt = now;
            answer[0] = (now - savedAt) / 1e9 >= seconds ? 1 : 0;
            answer[1] = stride;
        }
        rank.world().bcast(SITE, answer, 0, 2, 0);
        nextAsk = pass + answer[1];
        return answer[0] == 1;
    }

    /** A checkpoint was written at this pass, or could not be; at this cost in seconds. */
    void saved(long pass, double seconds) {
        cost = seconds;
        lastSaved = pass;
        savedAt = now();
    }

    /** The loop goes on from a checkpoint. */
    void resumed(long pass) {
        lastSaved = pass;
        nextAsk = pass + 1;
        savedAt = now();
    }

    /** The loop has ended at this pass. */
    void left(long pass) {
        all.unsaved(spec.number(), Math.max(0, pass - lastSaved));
    }
}
