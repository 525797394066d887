package org.pellang.runtime.bootstrap;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * How an attempt at a job is held from outside: asked where it is, ended because another one begins, and heard when it loses one of its JVMs.
 *
 * @param epoch number of the attempt, from 1; 0 if there is only one
 * @param dumper takes an action that writes where every rank is
 * @param stopper takes an action that ends the attempt here
 * @param losses hears of a JVM that is lost, and why
 */
record Reins(int epoch, Consumer<Runnable> dumper, Consumer<Runnable> stopper, BiConsumer<Integer, String> losses) {
    /** Exit code of an attempt that is over because the job goes on with another one; of a JVM that cannot take part in that. */
    static final int AGAIN = 75;

    /** Nobody asks, and there is one attempt. */
    static final Reins NONE = new Reins(0, action -> {}, action -> {}, (jvm, reason) -> {});

    /** Ranks that compute do not look whether they are still wanted; their JVM is then replaced. */
    private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(3);

    void onDump(Runnable action) {
        dumper.accept(action);
    }

    void onStop(Runnable action) {
        stopper.accept(action);
    }

    void lost(int jvm, String reason) {
        losses.accept(jvm, reason);
    }

    /** What tells the files of this attempt from those of others: whoever belongs to an earlier one does not find them. */
    String suffix() {
        return epoch == 0 ? "" : "-" + epoch;
    }

    /** Lets the ranks here leave the attempt. If one does not the JVM ends at once: its memory is no place for the next attempt. */
    static Outcome again(Watchdog watchdog) {
        if (!watchdog.awaitEnds(LEAVE_NANOS)) {
            Runtime.getRuntime().halt(AGAIN);
        }
        return new Outcome(AGAIN, "");
    }
}
