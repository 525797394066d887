package org.pellang.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.task.TaskKind;
import org.pellang.runtime.task.TaskPool;
import org.pellang.runtime.task.TaskRanks;
import org.pellang.runtime.trace.LoopTimes;
import org.pellang.runtime.trace.LoopTraffic;

/** One rank of a running program: what generated code gets, and its only way to the outside. Used by the rank's own thread. */
public final class Rank {
    private static final byte[] PRINTED = {1};
    private static final Site PRINTALL = new Site("", 0, "printall");
    private static final Site CLOCK = new Site("", 0, "clock");
    private static final String HOST = findHost();

    private final Comm world;
    private final Options options;
    private final Console console;
    private final Progress progress;
    private final long started;
    private final Team team;
    private final TaskPool tasks;
    /** Lines that a team has printed in an open {@code on}; null for all ranks: their lines go out at once. */
    private final @Nullable List<String> lines;
    private final CommittedOutput output;
    /** Messages of channels that this rank has sent, less those that it has received; shared with its teams. */
    private final AtomicLong underWay;
    private @Nullable Object attached;
    private final Workers workers;
    private final @Nullable LoopTraffic traffic = LoopTraffic.ifWanted();
    private final @Nullable LoopTimes times = LoopTimes.ifWanted();
    private final Map<Integer, Workers> more = new HashMap<>();
    private final Set<String> remarks = new HashSet<>();

    /**
     * For engines.
     *
     * @param world all ranks
     * @param started {@link System#nanoTime} at the start of the job
     */
    public Rank(Comm world, Options options, Console console, long started) {
        this(world, options, console, started, Workers.alone());
    }

    /** As the other one, with the threads of this rank. */
    public Rank(Comm world, Options options, Console console, long started, Workers workers) {
        this.workers = workers;
        this.world = world;
        this.options = options;
        this.console = console;
        this.progress = new Progress(world.rank() == 0 ? console : null);
        this.started = started;
        this.team = Team.world(this);
        this.tasks = new TaskPool(workers.count(), "rank " + world.rank());
        this.lines = null;
        this.output = new CommittedOutput(console);
        this.underWay = new AtomicLong();
    }

    private Rank(Rank parent, Comm comm, @Nullable Team team, Options options, @Nullable List<String> lines) {
        this.world = comm;
        this.options = options;
        this.console = parent.console;
        this.progress = lines == null ? parent.progress : new Progress(null);
        this.started = parent.started;
        this.team = team == null ? Team.world(this) : team;
        this.tasks = parent.tasks;
        this.lines = lines;
        this.output = parent.output;
        this.underWay = parent.underWay;
        this.attached = parent.attached;
        this.workers = parent.workers;
    }

    /** This rank as one of a team. */
    Rank on(Comm comm, Team of) {
        return new Rank(this, comm, of, options, new ArrayList<>());
    }

    /** This rank for a program that another program runs, with that one's options. All ranks of the job must run it. */
    public Rank with(Options other) {
        return new Rank(this, world, null, other, null);
    }

    /** Takes the times of divided loops; null if nobody wants to know. */
    public @Nullable LoopTimes times() {
        return times;
    }

    /** Counts what divided loops send; null if nobody wants to know. */
    public @Nullable LoopTraffic traffic() {
        return traffic;
    }

    /** The team that runs the code that has this object: all ranks, unless it is in an {@code on}. */
    public Team team() {
        return team;
    }

    /** The team of all ranks ({@code world}). */
    public Team everybody() {
        return team.root();
    }

    /** What this rank has spawned. */
    public TaskPool tasks() {
        return tasks;
    }

    /**
     * Collective, by all ranks of the job, before the first task: lets the ranks run each other's tasks.
     *
     * @param program the instance that the functions are called on here
     * @param kinds whose tasks travel, in the same order everywhere
     */
    public void shareTasks(Object program, TaskKind... kinds) {
        if (lines != null || world.size() == 1) {
            return;
        }
        TaskRanks ranks = tasks.ranks();
        if (ranks == null) {
            Comm own = world.dup();
            ranks = new TaskRanks(own.endpoint, own.context(), tasks);
            tasks.join(ranks);
            ranks.add(program, kinds);
            // Nobody asks before everybody can answer.
            own.barrier();
            ranks.start();
        } else if (ranks.add(program, kinds)) {
            world.barrier();
        }
    }

    /** The lines printed since the last call. */
    List<String> takeLines() {
        if (lines == null) {
            return List.of();
        }
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    private void out(String line) {
        if (lines == null) {
            output.print(line);
        } else {
            lines.add(line);
        }
    }

    /** For the runtime: keeps something for this rank. */
    public void attach(Object something) {
        attached = something;
    }

    /** What {@link #attach} keeps, or null. */
    public @Nullable Object attached() {
        return attached;
    }

    /** The lines that the program has printed, on rank 0. */
    public CommittedOutput output() {
        return output;
    }

    /** For channels: so many messages more are on their way from this rank; fewer, if it has received some. */
    public void messages(int more) {
        underWay.addAndGet(more);
    }

    /** Messages of channels on their way, summed over all ranks: what this rank contributes. */
    public long messagesUnderWay() {
        return underWay.get();
    }

    /**
     * Whether a file need not be written, for the program repeats what it did before its checkpoint: it has been written then, and what the passes up to the checkpoint
     * may have written over it is to stay. Ranks must agree on the answer of one of them.
     */
    public boolean replays(String path) {
        return output.replaying() && Files.exists(Path.of(path));
    }

    /** A message of the runtime about the job, on standard error. */
    public void report(String text) {
        console.report(text);
    }

    /** The communicator of all ranks. */
    public Comm world() {
        return world;
    }

    /** This rank's number. */
    public int rank() {
        return world.rank();
    }

    /**
     * From now on any thread of this rank may use its communicators, windows and requests (MPI_THREAD_MULTIPLE), each request by one of them at a
     * time. To be called before the other threads start; they must have ended when the program returns. As in MPI, the threads of a rank must
     * call the collectives of one communicator in one order: give each a communicator of its own, made by one thread. Costs a lock per call,
     * and deadlocks are not reported any more.
     */
    public void allowThreads() {
        world.endpoint.allowThreads();
    }

    /** Number of ranks. */
    public int size() {
        return world.size();
    }

    /** The threads of this rank. */
    public Workers workers() {
        return workers;
    }

    /** So many threads of this rank, whatever the job's number is. */
    public Workers workers(int count) {
        return count == workers.count() ? workers : more.computeIfAbsent(count, workers::resized);
    }

    /** Ends the threads that loops asked for besides the job's. */
    public void endThreads() {
        more.values().forEach(Workers::close);
    }

    /** Tells the user something, once and from rank 0 only. */
    public void remark(String text) {
        if (world.rank() == 0 && remarks.add(text)) {
            console.report("pelrun: " + text);
        }
    }

    /** Number of threads of each rank. */
    public int threads() {
        return workers.count();
    }

    /** Name of this machine. */
    public String host() {
        return HOST;
    }

    /** Name of this machine, as {@link #host}. */
    public static String hostName() {
        return HOST;
    }

    /** The program's options. */
    public Options options() {
        return options;
    }

    /** Writes a line once: on rank 0. Not collective; the others do nothing. */
    public void print(String line) {
        if (world.rank() == 0) {
            out(line);
        }
    }

    /** Collective: the lines of all ranks, in rank order. When it returns they are out, so that a rank that then fails takes none of them with it. */
    public void printall(String line) {
        printall(PRINTALL, line);
    }

    /** As {@link #printall(String)}, with its site. */
    public void printall(Site site, String line) {
        byte[][] lines = world.gatherBytes(site, line.getBytes(StandardCharsets.UTF_8), 0);
        for (byte[] text : lines) {
            out(new String(text, StandardCharsets.UTF_8));
        }
        world.bcast(site, PRINTED.clone(), 0, PRINTED.length, 0);
    }

    /** Writes a line from this rank, at once. */
    public void note(String line) {
        output.note(line);
    }

    /** Ends the job with exit code {@code code & 255} (0 becomes 1). Never returns; declared so that callers can {@code throw} it. */
    public RuntimeException abort(long code) {
        throw new AbortSignal(code);
    }

    /** Collective: seconds since the job's start on rank 0 after a barrier. */
    public double clock() {
        return clock(CLOCK);
    }

    /** As {@link #clock()}, with its site. */
    public double clock(Site site) {
        world.barrier(site);
        double[] time = {localClock()};
        world.bcast(site, time, 0, 1, 0);
        return time[0];
    }

    /** Seconds since the job's start on this rank's clock. */
    public double localClock() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Progress of long loops; does nothing on ranks other than 0. */
    public Progress progress() {
        return progress;
    }

    private static String findHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }
}
