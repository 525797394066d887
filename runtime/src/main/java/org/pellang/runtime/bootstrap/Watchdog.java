package org.pellang.runtime.bootstrap;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Verdict;

/**
 * Watches the ranks of one JVM: looks ten times a second for a deadlock (if it is the one to do so) and for a verdict, and when
 * there is one sees to it that every rank here has told its story.
 */
final class Watchdog {
    private static final long LOOK_NANOS = 100_000_000L;
    private static final long ANSWER_NANOS = 200_000_000L;
    private static final long REPORT_NANOS = 1_500_000_000L;
    private static final long PAUSE_NANOS = 2_000_000L;

    private final Board board;
    private final List<RankBody> bodies;
    private final IntConsumer wake;
    private final BooleanSupplier deadlocked;

    /** @param wake rings a rank @param deadlocked asked again and again, in one JVM of a job; the others say no */
    Watchdog(Board board, List<RankBody> bodies, IntConsumer wake, BooleanSupplier deadlocked) {
        this.board = board;
        this.bodies = bodies;
        this.wake = wake;
        this.deadlocked = deadlocked;
    }

    /** Returns when all ranks here have finished, or the job was stopped and each of them has told its story. */
    void watch() {
        watch(verdict -> {});
    }

    /** As {@link #watch()}; the verdict is passed on as soon as there is one. */
    void watch(Consumer<Verdict> onVerdict) {
        while (!board.stopped() && !allFinished()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            Thread.interrupted();
            if (deadlocked.getAsBoolean()) {
                board.stop(new Verdict(Verdict.Reason.DEADLOCK, bodies.getFirst().endpoint().rank(), 1));
            }
        }
        Verdict verdict = board.verdict();
        if (verdict != null) {
            onVerdict.accept(verdict);
            if (verdict.reason() != Verdict.Reason.RESTART) {
                hearAll();
            }
        }
    }

    private boolean allFinished() {
        for (RankBody body : bodies) {
            if (!body.finished()) {
                return false;
            }
        }
        return true;
    }

    /** Waits until the ranks here have left what they were doing, since the attempt is over; false if one of them does not. */
    boolean awaitEnds(long nanos) {
        long start = System.nanoTime();
        while (!allFinished() && System.nanoTime() - start < nanos) {
            Thread.interrupted();
            for (RankBody body : bodies) {
                wake.accept(body.endpoint().rank());
                if (!body.finished() && System.nanoTime() - start > nanos / 4) {
                    body.thread().interrupt();
                }
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        return allFinished();
    }

    private void hearAll() {
        for (int r = 0; r < board.ranks(); r++) {
            wake.accept(r);
        }
        long start = System.nanoTime();
        for (RankBody body : bodies) {
            awaitStory(body.endpoint().rank(), start, ANSWER_NANOS);
            body.describe(body.thread().getStackTrace());
        }
    }

    /** The reason for the end is worth more time than what the others did: it must not be lost on a busy machine. */
    private void awaitStory(int rank, long start, long nanos) {
        Verdict verdict = board.verdict();
        boolean reason = verdict != null && verdict.reason() == Verdict.Reason.FAILED && verdict.rank() == rank;
        while (board.description(rank) == null && System.nanoTime() - start < (reason ? REPORT_NANOS : nanos)) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /** Waits for the stories of the ranks in other JVMs, but not for ever. */
    void awaitStories() {
        long start = System.nanoTime();
        for (int r = 0; r < board.ranks(); r++) {
            awaitStory(r, start, 2 * ANSWER_NANOS);
        }
    }

    /** Waits until the report has been written, but not for ever. */
    void awaitReport() {
        long end = System.nanoTime() + REPORT_NANOS;
        while (!board.isReported() && System.nanoTime() < end) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }
}
