package org.pellang.quality.differential;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.pellang.runtime.checkpoint.Faults;

/** Counts what ranks do and lets one of them die before one of its events. */
final class CrashPlan implements Faults {
    private static final int MOST_RANKS = 16;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(MOST_RANKS);
    private final int rank;
    private final int event;
    private volatile String died = "";

    private CrashPlan(int rank, int event) {
        this.rank = rank;
        this.event = event;
    }

    static CrashPlan none() {
        return new CrashPlan(-1, 0);
    }

    /** Rank {@code rank} dies before its event {@code event}, counted from 0. */
    static CrashPlan at(int rank, int event) {
        return new CrashPlan(rank, event);
    }

    @Override
    public void event(int who, String what) {
        int k = counts.getAndIncrement(who);
        if (who == rank && k == event) {
            died = what;
            throw new RankKilled(who, what);
        }
    }

    int events(int who) {
        return counts.get(who);
    }

    /** What the rank was about to do when it died; empty if it did not. */
    String died() {
        return died;
    }
}
