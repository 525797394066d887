package org.pellang.launcher.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.Outcome;
import org.pellang.launcher.ssh.RemoteHosts;
import org.pellang.launcher.ssh.RemoteProcess;
import org.pellang.runtime.bootstrap.Leftovers;
import org.pellang.runtime.trace.FlightLog;
import org.pellang.runtime.trace.FlightRecorder;

/**
 * A running job. One thread calls {@link #await}; any thread may {@link #interrupt} it.
 *
 * <p>The first thing that goes wrong decides the outcome. Then the others get TERM, and KILL three seconds later.
 */
public final class LocalJob {
    private static final int SHOWN_RANKS = 8;
    private static final int SHOWN_OPERATIONS = 8;
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration DUMP_TIME = Duration.ofSeconds(1);
    private static final Duration DRAIN_TIME = Duration.ofSeconds(1);

    private sealed interface Event {
        /** A JVM has ended. */
        record Ended(RankProcess process) implements Event {}

        /** The user or the system wants the end of the job. */
        record Interrupted(int signal) implements Event {}

        /** Somebody wants to know where the ranks are. */
        record Asked() implements Event {}

        /** The time that was waited for has come. */
        record TimeUp() implements Event {}
    }

    private enum Phase {
        RUNNING,
        TELLING_WHERE,
        TERMINATING,
        KILLING
    }

    private final JobSpec spec;
    private final SegmentFolder segments;
    private final RemoteHosts remote;
    private final OomEvidence oom;
    private final Set<RankProcess> running;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Optional<Recovery> recovery;
    private final List<RankProcess> all;
    private Phase phase = Phase.RUNNING;
    private long deadline;
    private @Nullable Outcome outcome;

    /** @param recovery if the job goes on after the loss of a JVM */
    LocalJob(JobSpec spec, List<RankProcess> processes, SegmentFolder segments, RemoteHosts remote, OomEvidence oom, Optional<Recovery> recovery) {
        this.recovery = recovery;
        this.spec = spec;
        this.remote = remote;
        this.segments = segments;
        this.oom = oom;
        this.all = new ArrayList<>(processes);
        this.running = new LinkedHashSet<>(all);
        this.deadline = spec.timeout().map(LocalJob::fromNow).orElse(Long.MAX_VALUE);
        all.forEach(this::await);
    }

    private void await(RankProcess process) {
        process.onEnd(ended -> events.add(new Event.Ended(ended)));
    }

    /** Process ids of the JVMs, in rank order; -1 for those on other hosts. */
    public List<Long> processIds() {
        return recovery.map(Recovery::processes).orElse(all).stream().map(process -> process.process() instanceof RemoteProcess ? -1L : process.process().pid()).toList();
    }

    /** The folder of the shared segments and of the files of flight recorders. */
    Path segmentFolder() {
        return segments.path();
    }

    /** Ends the job in order because of a signal to the launcher; the second call ends it at once. */
    public void interrupt(int signal) {
        events.add(new Event.Interrupted(signal));
    }

    /** Every rank says on standard error where it is; the job goes on. */
    public void tellWhere() {
        events.add(new Event.Asked());
    }

    /** Waits for the end of the job. Afterwards no process and no segment of it is left. */
    public Outcome await() throws InterruptedException {
        try {
            while (!running.isEmpty()) {
                switch (next()) {
                    case Event.Ended(RankProcess process) -> ended(process);
                    case Event.Interrupted(int signal) -> interrupted(signal);
                    case Event.Asked() -> running.forEach(RankProcess::askWhereTheyAre);
                    case Event.TimeUp() -> timeUp();
                }
            }
            for (RankProcess process : all) {
                process.drain(DRAIN_TIME.toMillis());
            }
            return outcome != null ? outcome : new Outcome(0, Outcome.End.COMPLETED, List.of());
        } finally {
            running.forEach(process -> process.end(true));
            segments.close();
            remote.close();
            Optional.ofNullable(spec.host().environment().get(Leftovers.VARIABLE)).ifPresent(Leftovers::sweep);
        }
    }

    private Event next() throws InterruptedException {
        if (deadline == Long.MAX_VALUE) {
            return events.take();
        }
        Event event = events.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return event != null ? event : new Event.TimeUp();
    }

    private void ended(RankProcess process) {
        running.remove(process);
        int code = process.exitCode();
        if (code != 0 && outcome == null && !recovery.map(Recovery::finished).orElse(false)) {
            Outcome end = lost(process).orElseGet(() -> code > 128 && code < 160 ? killed(process, code) : failed(code));
            if (recovery.flatMap(r -> r.after(process, code, end)).map(this::goOn).isEmpty()) {
                outcome = end;
                terminate();
            }
        }
    }

    private boolean goOn(List<RankProcess> started) {
        all.addAll(started);
        running.addAll(started);
        started.forEach(this::await);
        return true;
    }

    private Outcome failed(int code) {
        // The rank itself has said why.
        return new Outcome(code, Outcome.End.RANK_FAILED, List.of());
    }

    private Optional<Outcome> lost(RankProcess process) {
        Optional<String> reason = process.process() instanceof RemoteProcess far ? far.lost() : Optional.empty();
        return reason.map(r -> new Outcome(1, Outcome.End.HOST_LOST,
                List.of("%s is lost: %s%s".formatted(process.name(), r, running.isEmpty() ? "" : "; the other ranks are stopped"))));
    }

    private Outcome killed(RankProcess process, int code) {
        int signal = code - 128;
        List<String> report = new ArrayList<>();
        boolean more = !running.isEmpty() || process.talk().isPresent() && spec.ranks() > 1;
        report.add("%s was killed by signal %d%s%s".formatted(
                recovery.map(r -> r.who(process)).orElseGet(process::who), signal, Signals.name(signal), more ? "; the other ranks are stopped" : ""));
        if (process.process() instanceof RemoteProcess far) {
            report.addAll(far.evidence());
            far.flights().forEach(this::keep);
        } else if (signal == Signals.KILL) {
            report.add(oom.verdict());
        }
        if (recovery.isEmpty()) {
            report.addAll(lastOperations(all.indexOf(process)));
        }
        return new Outcome(code, Outcome.End.KILLED_BY_SIGNAL, report);
    }

    /** A recorder's file from another host, to be read as those of this one. */
    private void keep(String name, byte[] contents) {
        try {
            if (name.matches("rank\\.\\d{1,7}\\.flight")) {
                Files.write(segments.path().resolve(name), contents, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
        } catch (IOException e) {
            // A rank of this host has that number, or there is no room: the report will do without.
        }
    }

    /** What the ranks of a JVM that was killed have recorded: all that is known of one, the last of each of several. */
    private List<String> lastOperations(int jvm) {
        if (!spec.host().environment().getOrDefault(RankCommand.FLIGHTS, "").isEmpty()) {
            return List.of();
        }
        List<Integer> ranks = spec.ranksOf(jvm);
        List<String> lines = new ArrayList<>();
        for (int r : ranks.subList(0, Math.min(SHOWN_RANKS, ranks.size()))) {
            try {
                List<String> last = FlightLog.read(segments.path().resolve(FlightRecorder.fileName(r))).lines(ranks.size() == 1 ? SHOWN_OPERATIONS : 1);
                lines.addAll(last.stream().map(line -> "  " + (ranks.size() == 1 ? "" : "rank " + r + ": ") + line).toList());
            } catch (IOException e) {
                // It was killed before it had begun, or is on another host.
            }
        }
        if (!lines.isEmpty()) {
            lines.addFirst(ranks.size() == 1 ? "last operations of rank " + ranks.getFirst() + ":" : "last operations of its ranks:");
        }
        return lines;
    }

    private void interrupted(int signal) {
        if (outcome == null) {
            outcome = new Outcome(128 + signal, Outcome.End.INTERRUPTED, List.of());
            terminate();
        } else {
            kill();
        }
    }

    private void timeUp() {
        switch (phase) {
            case RUNNING -> {
                long seconds = spec.timeout().orElseThrow().toSeconds();
                outcome = new Outcome(124, Outcome.End.TIMED_OUT, List.of("the job was ended after its --timeout of " + seconds + " s"));
                phase = Phase.TELLING_WHERE;
                deadline = fromNow(DUMP_TIME);
                running.forEach(RankProcess::askWhereTheyAre);
            }
            case TELLING_WHERE -> terminate();
            case TERMINATING -> kill();
            case KILLING -> deadline = Long.MAX_VALUE;
        }
    }

    private void terminate() {
        phase = Phase.TERMINATING;
        deadline = fromNow(GRACE);
        running.forEach(process -> process.end(false));
    }

    private void kill() {
        phase = Phase.KILLING;
        deadline = Long.MAX_VALUE;
        running.forEach(process -> process.end(true));
    }

    private static long fromNow(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
