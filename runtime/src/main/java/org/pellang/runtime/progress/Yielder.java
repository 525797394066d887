package org.pellang.runtime.progress;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Offers the core to other threads for a while before a rank sleeps, as long as that is the faster way. Between ranks that all wait it is. But who yields
 * while something computes on that core, here or in another program, comes back after its slice, some milliseconds, whatever arrives, whereas
 * who sleeps is woken by what arrives. So a rank that has seen long yields sleeps at once, and now and then tries again.
 */
final class Yielder {
    /** Less than a slice of the scheduler, more than a turn of all ranks that yield on the same core. */
    static final long LONG_NANOS = 1_000_000;
    /** Long yields until no more is tried. */
    static final int PATIENCE = 4;
    /** Waits without a yield until one is tried again. */
    static final int AGAIN = 256;

    private final int most;
    private final Runnable yield;
    private final LongSupplier clock;
    private int longOnes;
    private int without;

    /** @param most yields of one wait @param clock in nanoseconds */
    Yielder(int most, Runnable yield, LongSupplier clock) {
        this.most = most;
        this.yield = yield;
        this.clock = clock;
    }

    /** Yields until it is done or a yield was long. False: better sleep. */
    boolean until(BooleanSupplier done) {
        if (longOnes >= PATIENCE) {
            if (++without < AGAIN) {
                return false;
            }
            longOnes = PATIENCE - 1;
        }
        without = 0;
        for (int i = 0; i < most; i++) {
            long before = clock.getAsLong();
            yield.run();
            boolean isLong = clock.getAsLong() - before > LONG_NANOS;
            longOnes = isLong ? longOnes + 1 : 0;
            if (done.getAsBoolean()) {
                return true;
            }
            if (isLong) {
                return false;
            }
        }
        return false;
    }
}
