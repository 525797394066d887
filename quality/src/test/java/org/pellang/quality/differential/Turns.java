package org.pellang.quality.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.pellang.runtime.checkpoint.Faults;

/**
 * A scheduler for the ranks of a job: one of them runs at a time, and turns change only before events and where a rank waits, by a seeded choice. So a job does the same in the
 * same order whenever it runs, up to the death of a rank.
 */
final class Turns implements Faults {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final CrashPlan plan;
    private final Random random;
    private final Set<Integer> alive = new HashSet<>();
    private final Set<Integer> over = new HashSet<>();
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    private final int ranks;
    private int arrived;
    private int turn = -1;
    private boolean free;

    /** @param plan what happens at events */
    Turns(int ranks, long seed, CrashPlan plan) {
        this.ranks = ranks;
        this.plan = plan;
        this.random = new Random(seed);
    }

    CrashPlan plan() {
        return plan;
    }

    /** What has happened, in order. */
    List<String> story() {
        return List.copyOf(story);
    }

    @Override
    public void event(int rank, String what) {
        pass(rank);
        story.add(rank + " " + what);
        try {
            plan.event(rank, what);
        } catch (RankKilled death) {
            // Nobody's turn matters any more: the others are stopped wherever they are.
            free();
            throw death;
        }
    }

    @Override
    public boolean waits(int rank) {
        // Who has ended serves the others, when they wake it.
        return !hasEnded(rank) && pass(rank);
    }

    private synchronized boolean hasEnded(int rank) {
        return over.contains(rank);
    }

    @Override
    public synchronized void ended(int rank) {
        over.add(rank);
        if (alive.remove(rank) && turn == rank) {
            choose();
        }
    }

    private synchronized void free() {
        free = true;
        notifyAll();
    }

    private void choose() {
        List<Integer> all = new ArrayList<>(alive);
        Collections.sort(all);
        turn = all.isEmpty() ? -1 : all.get(random.nextInt(all.size()));
        notifyAll();
    }

    /** Gives the turn away and waits for the next; false if there are no turns any more. */
    private synchronized boolean pass(int rank) {
        if (alive.add(rank) && ++arrived == ranks || turn == rank) {
            choose();
        }
        long end = System.nanoTime() + LONGEST_NANOS;
        while (!free && turn != rank) {
            try {
                wait(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("rank " + rank + " does not get its turn: " + story);
            }
        }
        return !free;
    }
}
