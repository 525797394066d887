package org.pellang.runtime.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Comm;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.Workers;
import org.pellang.runtime.checkpoint.Checkpoints;
import org.pellang.runtime.progress.CollectiveMismatch;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.JobStopped;
import org.pellang.runtime.trace.LoopTimes;
import org.pellang.runtime.trace.LoopTraffic;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Verdict;

/** One rank from its first to its last step: runs the program, ends or fails, and says what it was doing. */
final class RankBody {
    /** World: this context for messages of the program, the next for collectives. */
    private static final int WORLD = 0;
    private static final long STACK_BYTES = 16L << 20;

    private static final Site REPORT = new Site("", 0, "report of loops");

    private final Endpoint endpoint;
    private final Board board;
    private final PelProgram program;
    private final JobSetup setup;
    private final Thread thread;
    private volatile boolean finished;

    /** @param afterwards called by the rank's thread when there is nothing more to do */
    RankBody(Endpoint endpoint, Board board, PelProgram program, JobSetup setup, Runnable afterwards) {
        this.endpoint = endpoint;
        JobSetup.record(endpoint);
        this.board = board;
        this.program = program;
        this.setup = setup;
        this.thread = Thread.ofPlatform().daemon().stackSize(STACK_BYTES).name("rank " + endpoint.rank()).unstarted(() -> {
            try {
                run();
            } finally {
                finished = true;
                afterwards.run();
            }
        });
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Thread thread() {
        return thread;
    }

    boolean finished() {
        return finished;
    }

    private void run() {
        try {
            int core = Affinity.bind(endpoint.rank());
            if ("1".equals(System.getenv("PEL_REPORT_BINDINGS"))) {
                setup.console().report("pelrun: rank %d on host %s is %s".formatted(endpoint.rank(), Rank.hostName(), core < 0 ? "not bound" : "bound to core " + core));
            }
            try (Workers workers = workers()) {
                Rank rank = new Rank(new Comm(endpoint, WORLD), setup.options(), setup.console(), setup.started(), workers);
                try {
                    Checkpoints.open(rank, program.info(), setup.checkpoints(), hasSpareCore());
                    program.run(rank);
                    rank.tasks().finish();
                    Checkpoints.finish(rank);
                    reportLoops(rank);
                } finally {
                    rank.tasks().stop();
                    Checkpoints.abandon(rank);
                    rank.endThreads();
                }
            }
            endpoint.end();
            if (endpoint.rank() == 0) {
                endpoint.recorder().algorithms().lines().forEach(setup.console()::report);
            }
        } catch (JobStopped stopped) {
            describe(stopped.getStackTrace());
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** Rank 0 says what divided loops have sent, and how long they took. Collective if it is wanted. */
    private static void reportLoops(Rank rank) {
        LoopTraffic traffic = rank.traffic();
        if (traffic != null) {
            report(rank, traffic.encoded(), LoopTraffic::lines);
        }
        LoopTimes times = rank.times();
        if (times != null) {
            report(rank, times.encoded(), LoopTimes::lines);
        }
    }

    private static void report(Rank rank, String mine, Function<List<String>, List<String>> lines) {
        byte[][] all = rank.world().gatherBytes(REPORT, mine.getBytes(StandardCharsets.UTF_8), 0);
        if (rank.rank() == 0) {
            lines.apply(Arrays.stream(all).map(b -> new String(b, StandardCharsets.UTF_8)).toList()).forEach(rank::report);
        }
    }

    /** This rank's threads; they wait busily for a moment if there is a processor for each thread of the job here. */
    private Workers workers() {
        long wanted = (long) setup.threads() * endpoint.size();
        return new Workers(setup.threads(), thread.getName(), wanted <= Runtime.getRuntime().availableProcessors());
    }

    private boolean hasSpareCore() {
        long ranksHere = IntStream.range(0, board.ranks()).filter(r -> board.hostOf(r) == board.hostOf(endpoint.rank())).count();
        return ranksHere * setup.threads() < Runtime.getRuntime().availableProcessors();
    }

    private void fail(Throwable thrown) {
        if (board.stop(new Verdict(Verdict.Reason.FAILED, endpoint.rank(), Failure.exitCode(thrown)))) {
            String mismatch = thrown instanceof CollectiveMismatch m ? m.peer() + " " + m.sequence() : "";
            board.describe(endpoint.rank(), new RankStory(Failure.text(thrown), operations(), mismatch).encode());
        } else {
            describe(thrown.getStackTrace());
        }
    }

    private String operations() {
        return String.join("\n", endpoint.recorder().lines());
    }

    /** Says what the rank is doing, from its own thread or, if that does not answer, from the watchdog. */
    void describe(StackTraceElement[] frames) {
        board.describe(endpoint.rank(), new RankStory(sentence(frames), operations(), "").encode());
    }

    /** For instance {@code "waits in recv from rank 1, tag 3, at ring.pel:7"}. */
    String sentence(StackTraceElement[] frames) {
        if (board.hasEnded(endpoint.rank())) {
            return "has ended";
        }
        String waiting = endpoint.waitingFor();
        String place = Places.of(frames);
        if (waiting == null) {
            return place == null ? "computes" : "computes at " + place;
        }
        return "waits in " + waiting + (place == null || waiting.contains(" at ") ? "" : ", at " + place);
    }

    /** {@link #sentence} for a running rank, from outside. */
    String whereabouts() {
        return sentence(thread.getStackTrace());
    }

    /** The rank's program's messages that nobody took, or null. */
    @Nullable String leftOver() {
        return LeftOver.text(endpoint);
    }
}
