package org.pellang.runtime.task;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A spawned call: whoever claims it first runs it; its result or failure is kept. */
public final class Task {
    private static final int NEW = 0;
    private static final int RUNNING = 1;
    private static final int DONE = 2;

    private final TaskPool pool;
    private final TaskGroup group;
    private final AtomicInteger state = new AtomicInteger(NEW);
    private @Nullable Supplier<@Nullable Object> body;
    private @Nullable Object result;
    private @Nullable Throwable failure;

    Task(TaskPool pool, TaskGroup group, Supplier<@Nullable Object> body) {
        this.pool = pool;
        this.group = group;
        this.body = body;
    }

    /** Its value; runs it, or other tasks, until it is there. What it threw is thrown again. */
    public @Nullable Object get() {
        if (!run()) {
            pool.helpUntil(this::done);
        }
        TaskGroup.rethrow(failure);
        return result;
    }

    boolean done() {
        return state.get() == DONE;
    }

    /** Runs it on this thread, unless somebody has begun to. */
    boolean run() {
        if (!state.compareAndSet(NEW, RUNNING)) {
            return done();
        }
        Supplier<@Nullable Object> code = body;
        body = null;
        TaskGroup outer = pool.enter(group);
        try {
            result = code == null ? null : code.get();
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            pool.enter(outer);
            state.set(DONE);
            group.ended(failure);
            pool.signal();
        }
        return true;
    }
}
