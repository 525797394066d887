package org.pellang.runtime.task;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one rank. Each thread has a stack of tasks: it takes its own newest one, an idle thread steals another's oldest one
 * (Blumofe and Leiserson, "Scheduling multithreaded computations by work stealing", J. ACM 46(5), 1999). A thread that waits for a task
 * runs others meanwhile. The rank's own thread is one of them; the others start with the first task.
 */
public final class TaskPool {
    private static final long STACK_BYTES = 16L << 20;

    private final int threads;
    private final String name;
    private final TaskGroup root = new TaskGroup(this, null);
    private final ConcurrentLinkedQueue<Stack> stacks = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Stack> mine = ThreadLocal.withInitial(this::newStack);
    private final Object bell = new Object();
    private int idle;
    /** Number of signals so far: whoever has looked for work before the last one looks again before it waits. */
    private long signals;
    private boolean started;
    private volatile boolean stopped;

    /** The tasks of one thread, and the group that its spawns belong to. */
    private static final class Stack {
        private final ArrayDeque<Task> tasks = new ArrayDeque<>();
        private TaskGroup group;

        Stack(TaskGroup group) {
            this.group = group;
        }

        synchronized void push(Task task) {
            tasks.addLast(task);
        }

        synchronized @Nullable Task newest() {
            return tasks.pollLast();
        }

        synchronized @Nullable Task oldest() {
            return tasks.pollFirst();
        }
    }

    /**
     * @param threads that run tasks, the rank's own included; 1 or more
     * @param name of the rank, for the names of the threads
     */
    public TaskPool(int threads, String name) {
        this.threads = threads;
        this.name = name;
    }

    private Stack newStack() {
        Stack stack = new Stack(root);
        stacks.add(stack);
        return stack;
    }

    /** Makes a task of a call. Its arguments must not change any more. */
    public Task spawn(Supplier<@Nullable Object> call) {
        Stack stack = mine.get();
        Task task = new Task(this, stack.group, call);
        stack.group.spawned();
        stack.push(task);
        if (threads > 1) {
            start();
            signal();
        }
        return task;
    }

    /** Begins {@code sync}: tasks that this thread spawns belong to the group until it is closed. */
    public TaskGroup open() {
        Stack stack = mine.get();
        stack.group = new TaskGroup(this, stack.group);
        return stack.group;
    }

    /** At the end of the program: waits for tasks that nobody has asked for, and throws what they have thrown. */
    public void finish() {
        root.close();
    }

    /** Threads end after the task that they run. */
    public void stop() {
        stopped = true;
        signal();
    }

    /** Spawns of this thread belong to {@code group} now; returns the group before. */
    TaskGroup enter(TaskGroup group) {
        Stack stack = mine.get();
        TaskGroup before = stack.group;
        stack.group = group;
        return before;
    }

    /** Runs tasks on this thread until the condition holds. */
    void helpUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            long before = signals();
            if (!runOne()) {
                await(condition, before);
            }
        }
    }

    private boolean runOne() {
        Stack own = mine.get();
        Task task = own.newest();
        while (task != null && task.done()) {
            task = own.newest();
        }
        for (Stack other : stacks) {
            if (task == null && other != own) {
                task = other.oldest();
            }
        }
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    private long signals() {
        synchronized (bell) {
            return signals;
        }
    }

    private void await(BooleanSupplier condition, long before) {
        synchronized (bell) {
            idle++;
            try {
                while (signals == before && !condition.getAsBoolean()) {
                    bell.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a task", e);
            } finally {
                idle--;
            }
        }
    }

    /** Something has changed for those who wait. */
    void signal() {
        if (threads > 1) { // else nobody waits
            synchronized (bell) {
                signals++;
                if (idle > 0) {
                    bell.notifyAll();
                }
            }
        }
    }

    private void start() {
        synchronized (bell) {
            if (started) {
                return;
            }
            started = true;
        }
        for (int k = 1; k < threads; k++) {
            Thread.ofPlatform().daemon().stackSize(STACK_BYTES).name(name + " task thread " + k).start(() -> helpUntil(() -> stopped));
        }
    }
}
