package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.pellang.runtime.Console;
import org.pellang.runtime.Options;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.Rank;
import org.pellang.runtime.UsageException;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.Verdict;
import org.pellang.runtime.transport.shm.SharedSegment;

/** Runs one rank in this JVM; the others run in JVMs of their own and share the segment. */
final class ProcessEngine {
    private static final String SEGMENT = "segment";

    private ProcessEngine() {}

    /** @param first rank of those that run this program */
    static Outcome run(PelProgram program, int rank, int ranks, Path folder, int first, List<String> args, Console console,
            CheckpointOptions checkpoints, Reins reins) {
        long started = System.nanoTime();
        Options options;
        try {
            options = Options.parse(program.info(), args);
        } catch (UsageException usage) {
            return ThreadsEngine.refused(usage, console, rank == first);
        }
        Wiring wiring;
        try {
            wiring = new Wiring.Shared(List.of(SharedSegment.attach(folder, SEGMENT + reins.suffix(), ranks)));
        } catch (IOException e) {
            String text = "pelrun: rank " + rank + " cannot use the shared segment: " + e.getMessage();
            console.report(text);
            return new Outcome(1, text);
        }
        Endpoint endpoint = new Endpoint(wiring.transport(rank), Patience.forRanks(ranks));
        Thread watcher = Thread.currentThread();
        RankBody body = new RankBody(endpoint, wiring.board(), program, new JobSetup(options, console, started, checkpoints),
                () -> LockSupport.unpark(watcher));
        reins.onDump(() -> console.report("pelrun: rank " + rank + " " + body.whereabouts()));
        body.thread().start();
        reins.onStop(() -> {
            wiring.board().stop(new Verdict(Verdict.Reason.RESTART, rank, Reins.AGAIN));
            wiring.wake(rank);
            LockSupport.unpark(watcher);
        });
        Watchdog watchdog = new Watchdog(wiring.board(), List.of(body), wiring::wake, rank == 0 ? wiring.board()::deadlocked : () -> false);
        watchdog.watch();
        console.clearBar();
        Verdict verdict = wiring.board().verdict();
        return verdict == null ? good(body, console) : stopped(verdict, rank, wiring, watchdog, console);
    }

    private static Outcome good(RankBody body, Console console) {
        String warning = body.leftOver();
        if (warning == null) {
            return Outcome.GOOD;
        }
        console.report(warning);
        return new Outcome(0, warning);
    }

    private static Outcome stopped(Verdict verdict, int rank, Wiring wiring, Watchdog watchdog, Console console) {
        if (verdict.reason() == Verdict.Reason.RESTART) {
            return Reins.again(watchdog);
        }
        if (verdict.rank() != rank) {
            watchdog.awaitReport();
            return new Outcome(verdict.exitCode(), "");
        }
        watchdog.awaitStories();
        String text = new JobReport(wiring.board(), r -> Rank.hostName()).text(verdict);
        console.report(text);
        wiring.board().markReported();
        return new Outcome(verdict.exitCode(), text);
    }
}
