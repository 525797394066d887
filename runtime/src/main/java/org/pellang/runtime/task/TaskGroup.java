package org.pellang.runtime.task;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The tasks of one {@code sync}: those spawned in its block, and by them. */
public final class TaskGroup {
    private final TaskPool pool;
    /** Where the thread was that opened it; null for the program's own. */
    private final TaskPool.@Nullable Place outer;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    TaskGroup(TaskPool pool, TaskPool.@Nullable Place outer) {
        this.pool = pool;
        this.outer = outer;
    }

    void spawned() {
        open.incrementAndGet();
    }

    void ended(@Nullable Throwable thrown) {
        if (thrown != null) {
            failure.compareAndSet(null, thrown);
        }
        open.decrementAndGet();
    }

    /** Whether all have ended. */
    boolean isDone() {
        return open.get() == 0;
    }

    @Nullable Throwable failure() {
        return failure.get();
    }

    /** Runs tasks until all of the group have ended; throws what the first that failed has thrown. */
    public void close() {
        pool.helpUntil(this::isDone, -1);
        if (outer != null) {
            pool.leave(outer);
        }
        rethrow(failure.get());
    }

    static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }
}
