package org.pellang.runtime.task;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one rank. Each thread has a stack of tasks: it takes its own newest one, an idle thread steals another's oldest one
 * (Blumofe and Leiserson, "Scheduling multithreaded computations by work stealing", J. ACM 46(5), 1999). A thread that waits for a task
 * runs others meanwhile. The rank's own thread is one of them; the others start with the first task. Other ranks take part by {@link TaskRanks}.
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
    private @Nullable TaskRanks ranks;

    /** The group that a thread's spawns belong to, and whether it runs a task. */
    record Place(TaskGroup group, boolean inTask) {}

    /** The tasks of one thread. */
    private static final class Stack {
        private final ArrayDeque<Task> tasks = new ArrayDeque<>();
        private Place place;

        Stack(TaskGroup group) {
            this.place = new Place(group, false);
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

        synchronized boolean holdsNew() {
            while (!tasks.isEmpty() && !tasks.getLast().isNew()) {
                tasks.removeLast();
            }
            return !tasks.isEmpty();
        }

        /** The oldest task that may leave; those that have begun are forgotten on the way. */
        synchronized @Nullable Task oldest(Predicate<Task> mayLeave) {
            while (!tasks.isEmpty() && !tasks.getFirst().isNew()) {
                tasks.removeFirst();
            }
            for (Task task : tasks) {
                if (task.isNew() && mayLeave.test(task) && task.leave()) {
                    tasks.remove(task);
                    return task;
                }
            }
            return null;
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

    /** From now on other ranks take part. By the rank's own thread. */
    public void join(TaskRanks others) {
        ranks = others;
    }

    /** What joins this rank's tasks with those of the others; null if it is alone. */
    public @Nullable TaskRanks ranks() {
        return ranks;
    }

    /**
     * Makes a task of a call of this rank.
     *
     * @param program the instance that the function is called on
     * @param arguments that nobody changes any more
     */
    public Task spawn(TaskKind kind, Object program, Object... arguments) {
        Task task = begin(kind, program, arguments);
        push(task);
        if (ranks != null) {
            ranks.spawned();
        }
        return task;
    }

    /** The same where all ranks of the job make the same call in the same order: outside of tasks, one of them runs it for all. */
    public Task spawnForAll(TaskKind kind, Object program, Object... arguments) {
        if (ranks == null || mine.get().place.inTask() || !ranks.isOwner()) {
            return spawn(kind, program, arguments);
        }
        Task task = begin(kind, program, arguments);
        if (ranks.isMine(task)) {
            push(task);
        }
        ranks.spawned();
        return task;
    }

    private Task begin(TaskKind kind, Object program, Object[] arguments) {
        TaskGroup group = mine.get().place.group();
        group.spawned();
        return new Task(this, group, kind, program, arguments);
    }

    /** A task to be run by the threads of this rank. */
    void push(Task task) {
        mine.get().push(task);
        if (threads > 1) {
            start();
            signal();
        }
    }

    /** Another rank's task: those that it spawns belong to {@code group}. */
    Task guest(TaskGroup group, TaskKind kind, Object program, Object[] arguments) {
        group.spawned();
        return new Task(this, group, kind, program, arguments);
    }

    /** The oldest task here that another rank may run; it has left. By the rank's own thread. */
    @Nullable Task traveller(Predicate<Task> mayLeave) {
        Task found = mine.get().oldest(mayLeave);
        for (Stack other : stacks) {
            found = found == null ? other.oldest(mayLeave) : found;
        }
        return found;
    }

    /** Whether a task here has not begun. */
    boolean hasWork() {
        for (Stack s : stacks) {
            if (s.holdsNew()) {
                return true;
            }
        }
        return false;
    }

    /** Begins {@code sync}: tasks that this thread spawns belong to the group until it is closed. */
    public TaskGroup open() {
        Stack stack = mine.get();
        TaskGroup group = new TaskGroup(this, stack.place);
        stack.place = new Place(group, stack.place.inTask());
        return group;
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

    /** This thread runs a task of {@code group}, to which its spawns belong now; returns where it was before. */
    Place enter(TaskGroup group) {
        Stack stack = mine.get();
        Place before = stack.place;
        stack.place = new Place(group, true);
        return before;
    }

    void leave(Place to) {
        mine.get().place = to;
    }

    /** Runs tasks on this thread until the condition holds. @param call see {@link TaskRanks#helpUntil} */
    void helpUntil(BooleanSupplier condition, long call) {
        if (ranks != null && ranks.isOwner()) {
            ranks.helpUntil(condition, call);
            return;
        }
        while (!condition.getAsBoolean()) {
            long before = signals();
            if (!runOne()) {
                await(condition, before);
            }
        }
    }

    /** Runs a task on this thread; false if there is none. */
    boolean runOne() {
        Stack own = mine.get();
        Task task = own.newest();
        while (task != null && !task.isNew()) {
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
            if (ranks != null) {
                ranks.ring();
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
            Thread.ofPlatform().daemon().stackSize(STACK_BYTES).name(name + " task thread " + k).start(() -> helpUntil(() -> stopped, -1));
        }
    }
}
