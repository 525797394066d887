package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.pellang.runtime.Console;
import org.pellang.runtime.Options;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.UsageException;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.progress.Patience;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Verdict;
import org.pellang.runtime.transport.local.LocalFabric;
import org.pellang.runtime.transport.tcp.Doorway;
import org.pellang.runtime.transport.tcp.Hello;
import org.pellang.runtime.transport.tcp.JobKey;
import org.pellang.runtime.transport.tcp.TcpTransport;
import org.pellang.runtime.transport.tcp.Wire;

/** Runs the ranks of one JVM of a job on several hosts: as threads, joined to other JVMs on this host by shared memory and to other hosts over TCP. */
final class HostsEngine {
    /** All are there when this begins; a job that stops says why within 15 s. */
    private static final long MEET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MEET_NANOS_PER_JVM = TimeUnit.MILLISECONDS.toNanos(200);

    private final Placement placement;
    private final Console console;
    private final Board board;

    private HostsEngine(Placement placement, Console console) {
        this.placement = placement;
        this.console = console;
        this.board = Board.inHeap(placement.ranks());
        board.place(placement.hostOfRanks());
    }

    /**
     * Runs this JVM's ranks to the end of the job.
     *
     * @param segments folder for memory that the JVMs of one host share; used if there are several
     * @param address name or number of this host for the others
     * @param ranksOnHost ranks of all jobs' JVMs on this machine, for the way of waiting
     * @param first rank of those that run this program
     */
    static Outcome run(Supplier<? extends PelProgram> program, Placement placement, Path segments, String address, int ranksOnHost, Meeting meeting,
            int first, List<String> args, Console console, CheckpointOptions checkpoints, Reins reins) {
        long started = System.nanoTime();
        Options options;
        try {
            options = Options.parse(program.get().info(), args);
        } catch (UsageException usage) {
            return ThreadsEngine.refused(usage, console, placement.ranksOf(placement.me())[0] == first);
        }
        HostsEngine engine = new HostsEngine(placement, console);
        try {
            return engine.run(program, segments, address, Patience.forRanks(ranksOnHost), meeting, new JobSetup(options, console, started, checkpoints), reins);
        } catch (IOException e) {
            if (engine.board.stopped() && engine.verdict().reason() == Verdict.Reason.RESTART) {
                return new Outcome(Reins.AGAIN, "");
            }
            if (reins.epoch() > 0 && e instanceof Unmet unmet) {
                reins.lost(unmet.jvm, String.valueOf(unmet.getMessage()));
                return new Outcome(Reins.AGAIN, "");
            }
            String text = "pelrun: " + JobReport.names(boxed(placement.ranksOf(placement.me()))) + " cannot join the job: " + e.getMessage();
            console.report(text);
            return new Outcome(1, text);
        }
    }

    private static List<Integer> boxed(int[] ranks) {
        return Arrays.stream(ranks).boxed().toList();
    }

    private Outcome run(Supplier<? extends PelProgram> program, Path segments, String address, Patience patience, Meeting meeting,
            JobSetup setup, Reins reins) throws IOException {
        int[] ranks = placement.ranksOf(placement.me());
        LocalFabric fabric = new LocalFabric(ranks.length);
        Map<Integer, TcpTransport> far = new HashMap<>();
        Neighbours neighbours = new Neighbours(placement, segments, reins.suffix());
        Wiring.Hosts wiring = new Wiring.Hosts(fabric, board, ranks, far, neighbours);
        List<JobCounts.Counter> counters = new ArrayList<>();
        counters.add(new JobCounts.Counter(board, ranks));
        counters.add(new JobCounts.Counter(fabric.board(), IntStream.range(0, ranks.length).toArray()));
        neighbours.counter().ifPresent(counters::add);
        JobCounts counts = new JobCounts(placement, board, counters);
        Thread watcher = Thread.currentThread();
        JobControl control = new JobControl(placement, board, counts, reins, () -> {
            for (int r : ranks) {
                wiring.wake(r);
            }
            LockSupport.unpark(watcher);
        });
        reins.onStop(() -> {
            board.stop(new Verdict(Verdict.Reason.RESTART, ranks[0], Reins.AGAIN));
            // Who is still making connections would wait for the one that is lost.
            watcher.interrupt();
            for (int r : ranks) {
                wiring.wake(r);
            }
        });
        reins.onDump(() -> console.report("pelrun: " + JobReport.names(boxed(ranks)) + ": waiting for the other hosts of the job"));
        Map<Integer, Wire> lines = connect(address, meeting, control, neighbours.ranks(), far);
        control.start(lines, far.values());
        try {
            return run(program, wiring, patience, setup, reins, control, ranks);
        } finally {
            // Another job of this JVM must not find threads, connections and their buffers of this one.
            control.close();
            far.values().forEach(TcpTransport::close);
        }
    }

    private Outcome run(Supplier<? extends PelProgram> program, Wiring.Hosts wiring, Patience patience, JobSetup setup, Reins reins,
            JobControl control, int[] ranks) {
        List<RankBody> bodies = ThreadsEngine.start(program, wiring, patience, setup);
        reins.onDump(() -> bodies.forEach(body -> console.report("pelrun: rank " + body.endpoint().rank() + " " + body.whereabouts())));
        Watchdog watchdog = new Watchdog(board, bodies, wiring::wake, control::deadlocked);
        watchdog.watch(control::stopped);
        console.clearBar();
        Verdict verdict = board.verdict();
        if (verdict == null) {
            return ThreadsEngine.good(bodies, console);
        }
        if (verdict.reason() == Verdict.Reason.RESTART) {
            return Reins.again(watchdog);
        }
        return stopped(bodies, control, watchdog);
    }

    private Outcome stopped(List<RankBody> bodies, JobControl control, Watchdog watchdog) {
        control.tellStories();
        String text = "";
        if (control.reports()) {
            watchdog.awaitStories();
            text = new JobReport(board, control::hostOf).text(verdict());
            console.report(text);
            board.markReported();
            control.reported();
        } else {
            watchdog.awaitReport();
        }
        ThreadsEngine.interrupt(bodies);
        return new Outcome(verdict().exitCode(), text);
    }

    private Verdict verdict() {
        return Objects.requireNonNull(board.verdict());
    }

    // ---- connections ----

    /** A JVM of the job that does not call or cannot be called. */
    private static final class Unmet extends IOException {
        private static final long serialVersionUID = 1L;

        private final int jvm;

        Unmet(int jvm, IOException cause) {
            super(cause.getMessage(), cause);
            this.jvm = jvm;
        }
    }

    @FunctionalInterface
    private interface Meets {
        Wire with(Hello hello) throws IOException;
    }

    private static Wire meet(int jvm, Meets meets, Hello hello, List<Wire> made) throws IOException {
        try {
            Wire wire = meets.with(hello);
            made.add(wire);
            return wire;
        } catch (IOException e) {
            throw new Unmet(jvm, e);
        }
    }

    /** Makes all connections; returns those for control, fills those of the ranks. */
    private Map<Integer, Wire> connect(String address, Meeting meeting, JobControl control, Set<Integer> neighbours,
            Map<Integer, TcpTransport> far) throws IOException {
        Meeting.Secret secret = meeting.secret();
        JobKey key = secret.key();
        List<Wire> made = new ArrayList<>();
        try (Doorway door = Doorway.open(address, key, secret.identity())) {
            List<InetSocketAddress> others = meeting.exchange(door.port());
            long end = System.nanoTime() + MEET_NANOS + placement.jvms() * MEET_NANOS_PER_JVM;
            Meets waits = hello -> door.await(hello, end - System.nanoTime());
            Map<Integer, Wire> lines = new HashMap<>();
            int me = placement.me();
            if (me > 0) {
                lines.put(0, meet(0, calls(others.getFirst(), key, secret, end), new Hello(Hello.Purpose.CONTROL, me, 0), made));
            }
            for (int r : placement.ranksOf(me)) {
                // Who runs later ranks calls.
                Map<Integer, Wire> channels = new HashMap<>();
                for (int peer = 0; peer < placement.first(me); peer++) {
                    int jvm = placement.jvmOf(peer);
                    channels.put(peer, meet(jvm, calls(others.get(jvm), key, secret, end), new Hello(Hello.Purpose.MESSAGES, r, peer), made));
                }
                for (int peer = placement.first(me) + placement.counts()[me]; peer < placement.ranks(); peer++) {
                    channels.put(peer, meet(placement.jvmOf(peer), waits, new Hello(Hello.Purpose.MESSAGES, peer, r), made));
                }
                far.put(r, new TcpTransport(r, board, channels, neighbours, control));
            }
            for (int jvm = 1; me == 0 && jvm < placement.jvms(); jvm++) {
                lines.put(jvm, meet(jvm, waits, new Hello(Hello.Purpose.CONTROL, jvm, 0), made));
            }
            return lines;
        } catch (IOException e) {
            // Another attempt may follow: those who have met us do not wait for us.
            for (Wire wire : made) {
                wire.close();
            }
            throw e;
        }
    }

    private static Meets calls(InetSocketAddress where, JobKey key, Meeting.Secret secret, long end) {
        return hello -> Doorway.call(where, key, secret.identity(), hello, end - System.nanoTime());
    }
}
