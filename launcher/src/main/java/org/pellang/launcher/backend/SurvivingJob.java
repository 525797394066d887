package org.pellang.launcher.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.pellang.launcher.CheckpointSpec;
import org.pellang.launcher.JobSpec;
import org.pellang.launcher.LaunchRefused;
import org.pellang.launcher.Outcome;
import org.pellang.runtime.checkpoint.Manifest;

/**
 * A job that goes on after the loss of a rank: with the JVMs that are left ({@link Recovery}), or, where a starter of MPI has ended them all, started again from the last
 * checkpoint.
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

    /** Every rank says on standard error where it is. */
    public synchronized void tellWhere() {
        current.tellWhere();
    }

    /** Waits for the end of the job, over all its attempts. */
    public Outcome await() throws InterruptedException, LaunchRefused {
        int restarts = 0;
        while (true) {
            Outcome outcome;
            try (StoppedRanks _ = StoppedRanks.watch(this::processIds, notices)) {
                outcome = current.await();
            }
            boolean lost = outcome.end() == Outcome.End.KILLED_BY_SIGNAL;
            if (!lost || Recovery.serves(spec) || restarts == spec.checkpoints().maxRestarts() || !next(outcome, restarts + 1)) {
                return ended(outcome);
            }
            restarts++;
        }
    }

    private Outcome ended(Outcome outcome) {
        if (outcome.end() == Outcome.End.COMPLETED) {
            try {
                Continued.clear(spec.checkpoints());
            } catch (IOException e) {
                notices.accept("warning: the checkpoints could not be removed: " + e.getMessage());
            }
        }
        return outcome;
    }

    /** All ranks start again, since their starter has ended them all. */
    private synchronized boolean next(Outcome outcome, int restart) throws LaunchRefused {
        if (interrupts > 0) {
            return false;
        }
        CheckpointSpec last = spec.checkpoints();
        Optional<Manifest> own = Continued.newest(last);
        Optional<Path> from = own.isPresent() ? last.folder() : last.own() ? Optional.empty() : last.resume();
        int ranks = last.shrink() && spec.places().isEmpty() ? Math.max(1, spec.ranks() - 1) : spec.ranks();
        spec = spec.with(ranks, last.restarted(from, own.isPresent(), shown.get()));
        notices.accept(Continued.notice(outcome.report().getFirst(), restart, spec, own));
        current = backend.start(spec, shown);
        return true;
    }
}
