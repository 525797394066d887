package org.pellang.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one rank: its own, which is number 0, and helpers that sleep between the loops. A {@link #run} starts the same task on all of them and
 * returns when all have ended. Helpers are made at the first use, and end with {@link #close}.
 */
public final class Workers implements AutoCloseable {
    private static final long STACK_BYTES = 16L << 20;
    private static final int SPINS = 2000;

    private final int count;
    private final String name;
    private final boolean spin;
    private final List<Helper> helpers = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final @Nullable Throwable[] failures;
    private @Nullable Thread caller;
    private volatile @Nullable Task task;
    private volatile int round;
    private volatile boolean closed;

    /** What the threads do. */
    @FunctionalInterface
    public interface Task {
        /** @param worker number of the thread, 0 is the rank's own */
        void run(int worker);
    }

    private final class Helper extends Thread {
        private final int number;
        private int done;

        Helper(int number) {
            super(null, null, name + " thread " + number, STACK_BYTES);
            this.number = number;
            this.done = round;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                await();
                if (closed) {
                    return;
                }
                done++;
                attempt(number);
                if (busy.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }

        private void await() {
            for (int k = 0; spin && k < SPINS && round == done; k++) {
                Thread.onSpinWait();
            }
            while (round == done && !closed) {
                LockSupport.park(Workers.this);
            }
        }
    }

    /**
     * The threads of a rank.
     *
     * @param count how many, with the rank's own
     * @param name of the rank, for the names of its threads
     * @param spin whether to wait busily for a moment: there is a processor for each thread
     */
    public Workers(int count, String name, boolean spin) {
        this.count = count;
        this.name = name;
        this.spin = spin;
        this.failures = new Throwable[count];
    }

    /** One thread: the caller. */
    public static Workers alone() {
        return new Workers(1, "rank", false);
    }

    /** Another set of threads of the same rank. */
    Workers resized(int number) {
        return new Workers(number, name, false);
    }

    /** Number of threads. */
    public int count() {
        return count;
    }

    /** The number of the calling thread: 0 outside of a {@link #run} and on the rank's own thread. */
    public static int current() {
        return Thread.currentThread() instanceof Helper h ? h.number : 0;
    }

    /** Runs {@code task} once on every thread. A failure of the lowest thread that failed is thrown here, as it is. */
    public void run(Task job) {
        if (count == 1) {
            job.run(0);
            return;
        }
        while (helpers.size() < count - 1) {
            Helper helper = new Helper(helpers.size() + 1);
            helpers.add(helper);
            helper.start();
        }
        caller = Thread.currentThread();
        task = job;
        busy.set(count - 1);
        round++;
        helpers.forEach(LockSupport::unpark);
        attempt(0);
        for (int k = 0; spin && k < SPINS && busy.get() > 0; k++) {
            Thread.onSpinWait();
        }
        while (busy.get() > 0) {
            LockSupport.park(this);
        }
        task = null;
        rethrow();
    }

    private void attempt(int worker) {
        try {
            Task job = task;
            if (job != null) {
                job.run(worker);
            }
        } catch (Throwable failure) {
            failures[worker] = failure;
        }
    }

    private void rethrow() {
        Throwable first = null;
        for (int w = 0; w < count; w++) {
            first = first == null ? failures[w] : first;
            failures[w] = null;
        }
        switch (first) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(first);
        }
    }

    /** Whether a thread has failed, so that the others may give up. */
    public boolean failed() {
        for (Throwable f : failures) {
            if (f != null) {
                return true;
            }
        }
        return false;
    }

    /** Ends the helpers. */
    @Override
    public void close() {
        closed = true;
        helpers.forEach(LockSupport::unpark);
    }
}
