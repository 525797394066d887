package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Console;
import org.pellang.runtime.Options;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.Rank;
import org.pellang.runtime.UsageException;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.memory.UnnamedFile;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.Bells;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Verdict;
import org.pellang.runtime.transport.mpi.MpiException;
import org.pellang.runtime.transport.mpi.MpiJob;
import org.pellang.runtime.transport.mpi.MpiTransport;
import org.pellang.runtime.transport.shm.SharedBoard;

/**
 * Runs one rank in this JVM, started by mpirun, mpiexec or srun with the others. Messages go through the MPI library. On one machine the ranks share a board, as those
 * of the processes engine do; else states and verdicts travel over control connections, as between the hosts of that engine.
 */
final class MpiEngine {
    /** For tests: no shared board, as if each rank had a machine of its own. */
    private static final String APART = "PEL_MPI_APART";

    /** Number of the program, if the job has several. */
    private static final String PART = "PEL_PART";

    private static final long SAME_WORDS_NANOS = 1_000_000_000L;

    private final MpiJob job;
    private final Console console;
    private final JobSetup setup;
    private final boolean announced;

    private MpiEngine(MpiJob job, Console console, JobSetup setup, boolean announced) {
        this.job = job;
        this.console = console;
        this.setup = setup;
        this.announced = announced;
    }

    /**
     * Joins the job and runs a rank to its end.
     *
     * @param first rank of those that run this program
     * @param announced whether pelrun is to hear of this process
     * @return the exit code with which the process is to end
     */
    static Outcome run(String engine, Supplier<? extends PelProgram> program, int first, List<String> args, Console console,
            CheckpointOptions checkpoints, Consumer<Runnable> dumper, boolean announced) {
        long started = System.nanoTime();
        ParentWatch.start();
        MpiJob job;
        try {
            job = MpiJob.open(engine, System.getenv());
        } catch (MpiException e) {
            if (!MpiJob.isFirst(System.getenv())) {
                // Most often all ranks would say the same, and the end of the first one ends them.
                LockSupport.parkNanos(SAME_WORDS_NANOS);
            }
            console.report("pelrun: " + e.getMessage());
            return new Outcome(e.exitCode(), "");
        }
        if (announced) {
            // pelrun started the starter: if that tells it of a process that was killed, it is to know which rank that was.
            console.report("\u001fpel rank " + job.rank() + " " + ProcessHandle.current().pid());
        }
        try {
            return run(job, program, first, args, console, checkpoints, dumper, started, announced);
        } catch (MpiException | IOException e) {
            console.report("pelrun: rank " + job.rank() + " cannot join the job: " + e.getMessage());
            job.abort(1);
            return new Outcome(1, "");
        }
    }

    private static Outcome run(MpiJob job, Supplier<? extends PelProgram> program, int first, List<String> args, Console console,
            CheckpointOptions checkpoints, Consumer<Runnable> dumper, long started, boolean announced) throws MpiException, IOException {
        PelProgram instance = program.get();
        Options options;
        try {
            options = Options.parse(instance.info(), args);
        } catch (UsageException usage) {
            boolean several = System.getenv(PART) != null && usage.exitCode() != 0;
            // Of a single program all ranks come to the same end, and leave together.
            Outcome refused = job.rank() == first || several ? ThreadsEngine.refused(usage, console, job.rank() == first) : new Outcome(usage.exitCode(), "");
            if (announced && job.rank() == first && refused.exitCode() != 0) {
                announceEnd(console, refused.exitCode());
            }
            if (several) {
                // The ranks of the other programs have begun.
                job.abort(refused.exitCode());
            }
            job.close();
            return refused;
        }
        MpiEngine engine = new MpiEngine(job, console, new JobSetup(options, console, started, checkpoints), announced);
        SharedBoard near = System.getenv(APART) == null ? engine.sharedBoard() : null;
        return near != null ? engine.together(near, instance, dumper) : engine.apart(instance, dumper);
    }

    /** Tells pelrun how the job ends: where the others are still there when the first process leaves, MPICH's starter kills them and says that a signal ended the job. */
    private static void announceEnd(Console console, int exitCode) {
        console.report("\u001fpel exit " + exitCode);
    }

    /** @param known whether that is how the job ends: if a process is just gone, the starter knows more */
    private void report(Board board, Verdict verdict, String text, boolean known) {
        console.report(text);
        if (announced && known) {
            announceEnd(console, verdict.exitCode());
        }
        board.markReported();
    }

    /** The board of all ranks; null if they do not all see one file. */
    private @Nullable SharedBoard sharedBoard() throws MpiException, IOException {
        UnnamedFile file = job.rank() == 0 ? SharedBoard.create(job.size()) : null;
        String address = job.broadcast(file == null ? "" : file.address());
        SharedBoard board = null;
        try {
            board = SharedBoard.open(address, job.size());
        } catch (IOException e) {
            // Another machine.
        }
        boolean all = Arrays.stream(job.gather(board == null ? 0 : 1)).allMatch(seen -> seen == 1);
        if (file != null) {
            file.close();
        }
        return all ? board : null;
    }

    // ---- one machine ----

    private Outcome together(SharedBoard near, PelProgram program, Consumer<Runnable> dumper) throws MpiException {
        Board board = near.board();
        MpiTransport transport = job.transport(board, near, () -> {});
        RankBody body = body(transport, board, program, Waiting.patience(job.size()), action -> dumper.accept(board::ask));
        Watchdog watchdog = new Watchdog(board, List.of(body), near::wake, looks(board, body));
        watchdog.watch();
        console.clearBar();
        Verdict verdict = board.verdict();
        if (verdict == null) {
            return good(body, transport);
        }
        if (verdict.rank() != job.rank()) {
            watchdog.awaitReport();
            return new Outcome(verdict.exitCode(), "");
        }
        watchdog.awaitStories();
        String text = new JobReport(board, r -> Rank.hostName()).text(verdict);
        report(board, verdict, text, true);
        return new Outcome(verdict.exitCode(), text);
    }

    /** What is done again and again: to answer where this rank is, if somebody has asked on the board, and to look for a deadlock. */
    private BooleanSupplier looks(Board board, RankBody body) {
        int[] answered = {0};
        return () -> {
            int asked = board.asked();
            if (asked != answered[0]) {
                answered[0] = asked;
                console.report("pelrun: rank " + job.rank() + " " + body.whereabouts());
            }
            return job.rank() == 0 && board.deadlocked();
        };
    }

    private RankBody body(MpiTransport transport, Board board, PelProgram program, Patience patience, Consumer<Runnable> dumper) {
        Endpoint endpoint = new Endpoint(transport, patience);
        Thread watcher = Thread.currentThread();
        RankBody body = new RankBody(endpoint, board, program, setup, () -> LockSupport.unpark(watcher));
        dumper.accept(() -> console.report("pelrun: rank " + job.rank() + " " + body.whereabouts()));
        body.thread().start();
        return body;
    }

    private Outcome good(RankBody body, MpiTransport transport) throws MpiException {
        String warning = body.leftOver();
        if (warning != null) {
            console.report(warning);
        }
        job.close(transport);
        return warning == null ? Outcome.GOOD : new Outcome(0, warning);
    }

    // ---- several machines ----

    private Outcome apart(PelProgram program, Consumer<Runnable> dumper) throws MpiException, IOException {
        int[] counts = new int[job.size()];
        Arrays.fill(counts, 1);
        Placement placement = new Placement(counts, job.rank());
        Board board = Board.inHeap(job.size());
        board.place(Arrays.stream(job.gather(Rank.hostName().hashCode())).mapToInt(name -> (int) name).toArray());
        OwnBell bell = new OwnBell(board, job.rank());
        JobCounts jobCounts = new JobCounts(placement, board, List.of(new JobCounts.Counter(board, new int[] {job.rank()})));
        Thread watcher = Thread.currentThread();
        JobControl control = new JobControl(placement, board, jobCounts, Reins.NONE, () -> {
            bell.wake(job.rank());
            LockSupport.unpark(watcher);
        });
        control.start(new MpiMeeting(job).lines(), List.of());
        int here = Waiting.ranksHere(job);
        MpiTransport transport = job.transport(board, bell, control::ended);
        RankBody body = body(transport, board, program, Waiting.patience(here).longer(), dumper);
        Watchdog watchdog = new Watchdog(board, List.of(body), bell::wake, control::deadlocked);
        watchdog.watch(control::stopped);
        console.clearBar();
        return board.verdict() == null ? good(body, transport) : stopped(board, control, watchdog);
    }

    private Outcome stopped(Board board, JobControl control, Watchdog watchdog) {
        Verdict verdict = Objects.requireNonNull(board.verdict());
        control.tellStories();
        String text = "";
        if (control.reports()) {
            watchdog.awaitStories();
            text = new JobReport(board, control::hostOf).text(verdict);
            report(board, verdict, text, !control.someoneIsLost());
            control.reported();
        } else {
            watchdog.awaitReport();
        }
        return new Outcome(verdict.exitCode(), text);
    }

    /** A rank that nobody else can wake. */
    private static final class OwnBell implements Bells {
        private final Board board;
        private final int rank;
        private volatile @Nullable Thread sleeper;

        OwnBell(Board board, int rank) {
            this.board = board;
            this.rank = rank;
        }

        @Override
        public int doorbell(int asked) {
            sleeper = Thread.currentThread();
            return 0;
        }

        @Override
        public void await(int asked, int value, long nanos) {
            LockSupport.parkNanos(this, nanos);
        }

        @Override
        public void wake(int asked) {
            if (asked == rank && board.takeParked(rank)) {
                LockSupport.unpark(sleeper);
            }
        }

        @Override
        public boolean reachAll() {
            return false;
        }
    }
}
