package org.pellang.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One rank of a running program: what generated code gets, and its only way to the outside. Used by the rank's own thread. */
public final class Rank {
    private static final Site PRINTALL = new Site("", 0, "printall");
    private static final Site CLOCK = new Site("", 0, "clock");
    private static final String HOST = findHost();

    private final Comm world;
    private final Options options;
    private final Console console;
    private final Progress progress;
    private final long started;
    private final CommittedOutput output;
    private @Nullable Object attached;

    /**
     * For engines.
     *
     * @param world all ranks
     * @param started {@link System#nanoTime} at the start of the job
     */
    public Rank(Comm world, Options options, Console console, long started) {
        this.world = world;
        this.options = options;
        this.console = console;
        this.progress = new Progress(world.rank() == 0 ? console : null);
        this.started = started;
        this.output = new CommittedOutput(console);
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
            output.print(line);
        }
    }

    /** Collective: the lines of all ranks, in rank order. */
    public void printall(String line) {
        printall(PRINTALL, line);
    }

    /** As {@link #printall(String)}, with its site. */
    public void printall(Site site, String line) {
        byte[][] lines = world.gatherBytes(site, line.getBytes(StandardCharsets.UTF_8), 0);
        for (byte[] text : lines) {
            output.print(new String(text, StandardCharsets.UTF_8));
        }
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
