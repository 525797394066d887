package org.pellang.runtime.task;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A spawned call: whoever claims it first runs it, a thread of this rank or another rank; its result or failure is kept. */
public final class Task {
    private static final int NEW = 0;
    private static final int RUNNING = 1;
    private static final int AWAY = 2;
    private static final int DONE = 3;

    private final TaskPool pool;
    private final TaskGroup group;
    private final AtomicInteger state;
    private final Object program;
    private final TaskKind kind;
    private Object @Nullable [] arguments;
    private @Nullable Object result;
    private @Nullable Throwable failure;
    /** Where its result must go besides, once it is there; null if nowhere. */
    private @Nullable Destination destination;

    /** Its number among the calls that all ranks make, or negative. */
    private long call = -1;

    /** Takes a task that has ended, on the thread that ran it. */
    @FunctionalInterface
    interface Destination {
        void ended(Task task);
    }

    Task(TaskPool pool, TaskGroup group, TaskKind kind, Object program, Object[] arguments) {
        this.pool = pool;
        this.group = group;
        this.kind = kind;
        this.program = program;
        this.arguments = arguments;
        this.state = new AtomicInteger(NEW);
    }

    /** Its value; runs it, or other tasks, until it is there. What it threw is thrown again. */
    public @Nullable Object get() {
        if (!run()) {
            pool.helpUntil(this::done, call);
        }
        TaskGroup.rethrow(failure);
        return result;
    }

    TaskKind kind() {
        return kind;
    }

    Object program() {
        return program;
    }

    /** Null once it has begun. */
    Object @Nullable [] arguments() {
        return arguments;
    }

    void isCall(long number) {
        call = number;
    }

    void goesTo(Destination where) {
        destination = where;
    }

    boolean done() {
        return state.get() == DONE;
    }

    boolean isNew() {
        return state.get() == NEW;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    @Nullable Object result() {
        return result;
    }

    /** Somebody else runs it from now on. False if it has begun here. */
    boolean leave() {
        return state.compareAndSet(NEW, AWAY);
    }

    /** Nobody else runs it after all. */
    boolean comeBack() {
        return state.compareAndSet(AWAY, NEW);
    }

    /** Somebody else has run it. */
    void ran(@Nullable Object value) {
        if (state.compareAndSet(AWAY, RUNNING)) {
            result = value;
            end();
        }
    }

    /** Runs it on this thread, unless somebody has begun to. */
    boolean run() {
        if (!state.compareAndSet(NEW, RUNNING)) {
            return done();
        }
        Object[] values = arguments;
        TaskPool.Place outer = pool.enter(group);
        try {
            result = values == null ? null : kind.call(program, values);
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            pool.leave(outer);
            end();
        }
        return true;
    }

    private void end() {
        arguments = null;
        state.set(DONE);
        group.ended(failure);
        if (destination != null) {
            destination.ended(this);
        }
        pool.signal();
    }
}
