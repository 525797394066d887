package org.pellang.runtime.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pellang.runtime.Console;
import org.pellang.runtime.Options;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.Rank;
import org.pellang.runtime.UsageException;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.checkpoint.Faults;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.Transport;
import org.pellang.runtime.transport.Verdict;
import org.pellang.runtime.transport.local.LocalFabric;

/** Runs all ranks as threads of this JVM. Any number of jobs may run one after another or side by side. */
public final class ThreadsEngine {
    /** Within this time whoever has something to say has said it. */
    private static final long SPEECH_NANOS = 3_000_000_000L;

    private ThreadsEngine() {}

    /**
     * Runs a job and returns when it has ended. Ranks that compute when another one fails are left behind as daemon threads.
     *
     * @param program makes one instance per rank
     * @param ranks 1 or more
     * @param args the program's options
     * @param console where all output goes
     */
    public static Outcome run(Supplier<? extends PelProgram> program, int ranks, List<String> args, Console console) {
        return run(program, ranks, args, console, CheckpointOptions.NONE);
    }

    /** As above, with checkpoints. */
    public static Outcome run(
            Supplier<? extends PelProgram> program, int ranks, List<String> args, Console console, CheckpointOptions checkpoints) {
        return run(program, ranks, args, console, checkpoints, dump -> {});
    }

    /** As above, with {@code threads} threads for each rank. */
    public static Outcome run(Supplier<? extends PelProgram> program, int ranks, int threads, List<String> args, Console console) {
        Wiring wiring = new Wiring.Local(new LocalFabric(ranks));
        return run(program, wiring, args, console, dump -> {}, options -> new JobSetup(options, console, System.nanoTime(), CheckpointOptions.NONE, threads));
    }

    /** As above; {@code dumper} gets an action that writes where every rank is, to be called at any time. */
    static Outcome run(Supplier<? extends PelProgram> program, int ranks, List<String> args, Console console, CheckpointOptions checkpoints,
            Consumer<Runnable> dumper) {
        if (ranks < 1) {
            throw new IllegalArgumentException("a job needs a rank, not " + ranks);
        }
        return run(program, new Wiring.Local(new LocalFabric(ranks)), args, console, checkpoints, dumper);
    }

    static Outcome run(Supplier<? extends PelProgram> program, Wiring wiring, List<String> args, Console console, Consumer<Runnable> dumper) {
        return run(program, wiring, args, console, CheckpointOptions.NONE, dumper);
    }

    private static Outcome run(Supplier<? extends PelProgram> program, Wiring wiring, List<String> args, Console console,
            CheckpointOptions checkpoints, Consumer<Runnable> dumper) {
        long started = System.nanoTime();
        return run(program, wiring, args, console, dumper, options -> new JobSetup(options, console, started, checkpoints));
    }

    private static Outcome run(Supplier<? extends PelProgram> program, Wiring wiring, List<String> args, Console console,
            Consumer<Runnable> dumper, Function<Options, JobSetup> setup) {
        Options options;
        try {
            options = Options.parse(program.get().info(), args);
        } catch (UsageException usage) {
            return refused(usage, console);
        }
        List<RankBody> bodies = start(program, wiring, Patience.forRanks(wiring.board().ranks()), setup.apply(options));
        dumper.accept(() -> bodies.forEach(body ->
                console.report("pelrun: rank " + body.endpoint().rank() + " " + body.whereabouts())));
        new Watchdog(wiring.board(), bodies, wiring::wake, wiring.board()::deadlocked).watch();
        console.clearBar();
        Verdict verdict = wiring.board().verdict();
        return verdict == null ? good(bodies, console) : stopped(verdict, wiring, bodies, console);
    }

    static List<RankBody> start(Supplier<? extends PelProgram> program, Wiring wiring, Patience patience, JobSetup setup) {
        Thread watcher = Thread.currentThread();
        List<RankBody> bodies = new ArrayList<>();
        for (int r : wiring.ranks()) {
            Endpoint endpoint = new Endpoint(transport(wiring, r, setup.checkpoints().faults()), patience);
            bodies.add(new RankBody(endpoint, wiring.board(), program.get(), setup, () -> LockSupport.unpark(watcher)));
            wiring.bind(r, bodies.getLast().thread());
        }
        bodies.forEach(body -> body.thread().start());
        return List.copyOf(bodies);
    }

    private static Transport transport(Wiring wiring, int rank, Faults faults) {
        Transport transport = wiring.transport(rank);
        return faults == Faults.NONE ? transport : new FaultyTransport(transport, faults);
    }

    /** The end of a job whose options are wrong. @param speaks whether this JVM is the one that says so; its end ends the others */
    static Outcome refused(UsageException usage, Console console, boolean speaks) {
        if (speaks) {
            return refused(usage, console);
        }
        if (usage.exitCode() != 0) {
            // Whoever ends first has all others ended, also the one that has something to say.
            LockSupport.parkNanos(SPEECH_NANOS);
        }
        return new Outcome(usage.exitCode(), "");
    }

    static Outcome refused(UsageException usage, Console console) {
        String text = String.valueOf(usage.getMessage());
        if (usage.exitCode() == 0) {
            console.print(text.stripTrailing());
            return Outcome.GOOD;
        }
        console.report(text);
        return new Outcome(usage.exitCode(), text);
    }

    static Outcome good(List<RankBody> bodies, Console console) {
        StringBuilder warnings = new StringBuilder();
        for (RankBody body : bodies) {
            String text = body.leftOver();
            warnings.append(text == null ? "" : text);
        }
        if (!warnings.isEmpty()) {
            console.report(warnings.toString());
        }
        return new Outcome(0, warnings.toString());
    }

    /** Ranks that compute may look at their interrupts; else they are left behind. */
    static void interrupt(List<RankBody> bodies) {
        bodies.forEach(body -> {
            if (!body.finished()) {
                body.thread().interrupt();
            }
        });
    }

    private static Outcome stopped(Verdict verdict, Wiring wiring, List<RankBody> bodies, Console console) {
        interrupt(bodies);
        String text = new JobReport(wiring.board(), r -> Rank.hostName()).text(verdict);
        console.report(text);
        return new Outcome(verdict.exitCode(), text);
    }
}
