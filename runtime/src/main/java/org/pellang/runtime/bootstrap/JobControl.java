package org.pellang.runtime.bootstrap;

import static org.pellang.runtime.bootstrap.ControlLine.Kind.*;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Rank;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Verdict;
import org.pellang.runtime.transport.tcp.TcpTransport;
import org.pellang.runtime.transport.tcp.Unacknowledged;
import org.pellang.runtime.transport.tcp.Wire;

/**
 * What the JVMs of a job on several hosts tell each other: a star around JVM 0, which decides. Who has ended, why the job stops, what the ranks
 * were doing, and that they are still there: a JVM that is silent for eight seconds is lost.
 */
final class JobControl implements TcpTransport.Job {
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(8);
    /** A broken connection between ranks is a failure unless the job ends within this time: the first to leave break theirs. */
    private static final long BREAK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Placement placement;
    private final Board board;
    private final JobCounts counts;
    private final Runnable wakeAll;
    private final Reins reins;
    private final Map<Integer, ControlLine> lines = new ConcurrentHashMap<>();
    private final Map<Integer, String> hosts = new ConcurrentHashMap<>();
    private final Set<Integer> endedJvms = new HashSet<>();
    private final AtomicInteger stillRunning;
    private volatile @Nullable Thread heart;
    private volatile boolean lostTheCentre;
    private volatile boolean someoneIsLost;

    /** @param wakeAll wakes the ranks here and who watches them */
    JobControl(Placement placement, Board board, JobCounts counts, Reins reins, Runnable wakeAll) {
        this.reins = reins;
        this.placement = placement;
        this.board = board;
        this.counts = counts;
        this.wakeAll = wakeAll;
        this.stillRunning = new AtomicInteger(placement.counts()[placement.me()]);
    }

    /** Begins, with a connection to JVM 0, or from it to all others. @param far connections of the ranks here */
    void start(Map<Integer, Wire> channels, Collection<TcpTransport> far) {
        hosts.put(placement.me(), Rank.hostName());
        channels.forEach((jvm, channel) -> lines.put(jvm, new ControlLine(channel)));
        tell(HOST, text(Rank.hostName()));
        lines.forEach((jvm, line) -> Thread.ofVirtual().name("pel control " + jvm).start(() -> read(jvm, line)));
        heart = Thread.ofPlatform().daemon().name("pel heartbeat").stackSize(128 << 10).start(() -> beat(List.copyOf(far)));
    }

    /** Name of the host of a rank, as far as it is known. */
    String hostOf(int rank) {
        return hosts.getOrDefault(placement.jvmOf(rank), "another host");
    }

    /** Whether this JVM writes the report: number 0, or 1 if that is lost. */
    boolean reports() {
        return placement.me() == (lostTheCentre ? 1 : 0);
    }

    private boolean isCentre() {
        return placement.me() == 0;
    }

    private void tell(ControlLine.Kind kind, ByteBuffer contents) {
        lines.values().forEach(line -> line.send(kind, contents));
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer contents) {
        return StandardCharsets.UTF_8.decode(contents).toString();
    }

    // ---- hearing ----

    private void read(int jvm, ControlLine line) {
        try {
            while (true) {
                hear(jvm, line, line.receive());
            }
        } catch (IOException e) {
            lost(jvm, String.valueOf(e.getMessage()));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            line.close();
            lost(jvm, "a frame that is none");
        }
    }

    private void hear(int jvm, ControlLine line, ControlLine.Frame frame) {
        ByteBuffer in = frame.contents();
        switch (frame.kind()) {
            case ALIVE -> { }
            case HOST -> hosts.put(jvm, text(in));
            case ENDED -> ended(jvm);
            case ALL_ENDED -> allEnded();
            case STOP -> heardStop(Verdict.decode(in.getLong()));
            case STORY -> board.describe(in.getInt(), text(in));
            case REPORTED -> board.markReported();
            case LOOK -> line.send(SEEN, counts.look(in.getInt(), in.getInt()));
            case SEEN -> counts.seen(jvm, in);
        }
    }

    /** Whether the job was stopped here since nothing more is heard from one of its JVMs. */
    boolean someoneIsLost() {
        return someoneIsLost;
    }

    private void lost(int jvm, String reason) {
        lines.remove(jvm);
        if (over()) {
            return;
        }
        if (goesOnWithout(jvm, reason)) {
            return;
        }
        int first = placement.first(jvm);
        if (board.stop(new Verdict(Verdict.Reason.FAILED, first, 1))) {
            lostTheCentre = jvm == 0;
            someoneIsLost = true;
            for (int r : placement.ranksOf(jvm)) {
                board.describe(r, new RankStory("is lost: " + reason, "", "").encode());
            }
        }
        wakeAll.run();
    }

    /** Whether the loss of a JVM ends this attempt only; then the launcher hears of it. */
    private boolean goesOnWithout(int jvm, String reason) {
        if (reins.epoch() == 0) {
            return false;
        }
        if (board.stop(new Verdict(Verdict.Reason.RESTART, placement.first(jvm), Reins.AGAIN))) {
            reins.lost(jvm, reason);
        }
        wakeAll.run();
        return true;
    }

    private boolean over() {
        return board.stopped() || board.allEnded();
    }

    private void beat(List<TcpTransport> far) {
        long grace = System.nanoTime();
        while (!lines.isEmpty()) {
            long before = System.nanoTime();
            LockSupport.parkNanos(this, BEAT_NANOS);
            tell(ALIVE, NOTHING);
            if (System.nanoTime() - before > 2 * BEAT_NANOS) {
                // This JVM itself stood still: what the others said meanwhile has not been read yet.
                grace = System.nanoTime();
            }
            List<String> stuck = Unacknowledged.lines();
            if (!stuck.isEmpty() && !over()) {
                far.forEach(transport -> transport.report(stuck));
            }
            long since = grace;
            lines.forEach((jvm, line) -> {
                if (System.nanoTime() - Math.max(since, line.heard()) > LOST_NANOS) {
                    line.close();
                    lost(jvm, "nothing was heard from it for " + LOST_NANOS / 1_000_000_000L + " s");
                }
            });
        }
    }

    @Override
    public void broken(int rank, int peer, String reason) {
        Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(this, BREAK_NANOS);
            if (!over() && !goesOnWithout(placement.jvmOf(peer), reason) && board.stop(new Verdict(Verdict.Reason.FAILED, rank, 1))) {
                board.describe(rank, new RankStory("has lost its connection to rank " + peer + ": " + reason, "", "").encode());
                wakeAll.run();
            }
        });
    }

    // ---- the end ----

    @Override
    public void ended() {
        if (stillRunning.decrementAndGet() > 0) {
            return;
        }
        if (isCentre()) {
            ended(0);
        } else {
            tell(ENDED, NOTHING);
        }
    }

    private synchronized void ended(int jvm) {
        if (endedJvms.add(jvm) && endedJvms.size() == placement.jvms()) {
            // Known here first: who hears of it hangs up, which is no loss then.
            allEnded();
            tell(ALL_ENDED, NOTHING);
        }
    }

    private void allEnded() {
        for (int r = 0; r < placement.ranks(); r++) {
            if (placement.jvmOf(r) != placement.me()) {
                board.ended(r);
            }
        }
        wakeAll.run();
    }

    private void heardStop(Verdict verdict) {
        if (isCentre()) {
            board.stop(verdict);
        } else {
            board.settle(verdict);
        }
        wakeAll.run();
    }

    /** The job is stopped, as this JVM sees it. */
    void stopped(Verdict verdict) {
        tell(STOP, ByteBuffer.allocate(Long.BYTES).putLong(verdict.encode()).flip());
    }

    /** Hangs up on all others, when they have been told of the end. */
    synchronized void close() {
        lines.values().forEach(ControlLine::close);
        lines.clear();
        LockSupport.unpark(heart);
    }

    /** What the ranks here were doing, for the report. */
    void tellStories() {
        if (isCentre()) {
            return;
        }
        for (int r : placement.ranksOf(placement.me())) {
            String story = board.description(r);
            if (story != null) {
                byte[] bytes = story.getBytes(StandardCharsets.UTF_8);
                tell(STORY, ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(r).put(bytes).flip());
            }
        }
    }

    /** The report has been written. */
    void reported() {
        tell(REPORTED, NOTHING);
    }

    // ---- deadlocks ----

    /** Whether nobody in the whole job can go on. Only JVM 0 asks. */
    boolean deadlocked() {
        return isCentre() && counts.deadlocked((number, half) ->
                tell(LOOK, ByteBuffer.allocate(2 * Integer.BYTES).putInt(number).putInt(half).flip()));
    }
}
