package org.pellang.launcher.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.runtime.checkpoint.CheckpointFolder;
import org.pellang.runtime.checkpoint.Manifest;

/**
 * A job that goes on after the loss of a rank: what is left of it is ended, and all ranks start again from the last checkpoint. The dead attempt cannot reach the
 * new one: its processes are gone before the new ones begin, and these share another segment.
 */
public final class SurvivingJob {
    private final LocalBackend backend;
    private final Consumer<String> notices;
    private final AtomicLong shown;
    private JobSpec spec;
    private LocalJob current;
    private int interrupts;

    private SurvivingJob(LocalBackend backend, JobSpec spec, Consumer<String> notices, LocalJob first, AtomicLong shown) {
        this.shown = shown;
        this.backend = backend;
        this.spec = spec;
        this.notices = notices;
        this.current = first;
    }

    /** Starts it. */
    public static SurvivingJob start(LocalBackend backend, JobSpec spec, Consumer<String> notices) throws LaunchRefused {
        AtomicLong shown = new AtomicLong();
        return new SurvivingJob(backend, spec, notices, backend.start(spec, shown), shown);
    }

    /** Process ids of the present attempt's JVMs, in rank order. */
    public synchronized List<Long> processIds() {
        return current.processIds();
    }

    /** Ends the job in order because of a signal to the launcher; the second call ends it at once. */
    public synchronized void interrupt(int signal) {
        interrupts++;
        current.interrupt(signal);
    }

    /** Waits for the end of the job, over all its attempts. */
    public Outcome await() throws InterruptedException, LaunchRefused {
        int restarts = 0;
        while (true) {
            Outcome outcome;
            try (StoppedRanks _ = StoppedRanks.watch(current, notices)) {
                outcome = current.await();
            }
            boolean lost = outcome.end() == Outcome.End.KILLED_BY_SIGNAL;
            if (!lost || restarts == spec.checkpoints().maxRestarts() || isInterrupted()) {
                return outcome;
            }
            restarts++;
            if (!next(outcome, restarts)) {
                return outcome;
            }
        }
    }

    private synchronized boolean isInterrupted() {
        return interrupts > 0;
    }

    private synchronized boolean next(Outcome outcome, int restarts) throws LaunchRefused {
        if (interrupts > 0) {
            return false;
        }
        CheckpointSpec last = spec.checkpoints();
        @Nullable Manifest own = newest(last);
        Optional<Path> from = own != null ? last.folder() : spec.checkpoints().own() ? Optional.empty() : last.resume();
        int ranks = last.shrink() ? Math.max(1, spec.ranks() - 1) : spec.ranks();
        spec = spec.with(ranks, last.restarted(from, own != null, shown.get()));
        String where = own == null ? "the start" : "checkpoint " + own.number() + " (pass " + own.loops().getLast().pass() + ")";
        notices.accept("%s; restart %d of %d on %d rank%s from %s".formatted(
                outcome.report().getFirst().replaceFirst("; the other ranks are stopped$", ""), restarts, last.maxRestarts(), ranks,
                ranks == 1 ? "" : "s", where));
        current = backend.start(spec, shown);
        return true;
    }

    /** The newest checkpoint that this job has written, by its manifest. */
    private static @Nullable Manifest newest(CheckpointSpec checkpoints) {
        if (checkpoints.folder().isEmpty()) {
            return null;
        }
        CheckpointFolder folder = new CheckpointFolder(checkpoints.folder().get());
        try {
            for (long number : folder.numbers()) {
                try {
                    Manifest m = Manifest.read(folder.complete(number));
                    if (m.fact("job").equals(checkpoints.job())) {
                        return m;
                    }
                } catch (IOException e) {
                    // Damaged: the one before, as the ranks will decide too.
                }
            }
        } catch (IOException e) {
            // Cannot be read: from the start.
        }
        return null;
    }
}
