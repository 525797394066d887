package org.pellang.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.OptionSpec;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Request;

/**
 * One-way times between two ranks, streams, and times of collectives, in microseconds: one line "name minimum median bytes" per operation, as
 * {@code benchmarks/comm/comm.c} prints for MPI; the fourth number is what the operation allocates on rank 0, in bytes. A program of the runtime's own API,
 * run by the engine under test:
 *
 * <pre>
 * java -cp runtime.jar:benchmarks.jar org.pellang.runtime.bootstrap.RankMain --engine=threads --ranks=2
 *     --class=org.pellang.benchmarks.CommSuite --control=none
 * </pre>
 *
 * and for processes one such command per rank with {@code --engine=processes --rank=R --segments=FOLDER}.
 */
public final class CommSuite implements PelProgram {
    private static final long WARM_NANOS = 40_000_000L;
    private static final long WARM_REPETITIONS = 10_000;
    private static final long MOST_WARM = 5;
    private static final long FEW_WARM_NANOS = 3_000_000_000L;
    private static final long COMPILE_NANOS = 1_500_000_000L;
    private static final int MOST_REPETITIONS = 1 << 20;
    private static final int WINDOW = 64;
    private static final int FEW_RANKS = 4;
    private static final int LONGEST = 1 << 19;
    private static final int LONG = 8192;
    private static final String[] SIZES = {"8", "1K", "64K", "1M"};
    private static final int[] LENGTHS = {1, 128, LONG, 1 << 17};
    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Request[] requests = new Request[WINDOW];
    private double[] data = {};
    private double[] other = {};

    @Override
    public ProgramInfo info() {
        return new ProgramInfo("commsuite", "Times of messages and collectives.", List.of(
                new OptionSpec("rounds", OptionSpec.Kind.INT, "10", "measured rounds per operation"),
                new OptionSpec("millis", OptionSpec.Kind.FLOAT, "5.0", "length of a round"),
                new OptionSpec("only", OptionSpec.Kind.STRING, "", "beginning of the operations' names")));
    }

    /** One operation on that many doubles. */
    private interface Body {
        void run(Comm world, int n);
    }

    private record Measurement(String name, int parts, Body body, int n) {}

    @Override
    public void run(Rank rank) {
        int length = Math.max(LONGEST, LONG * rank.size());
        data = new double[length];
        other = new double[length];
        String only = rank.options().has("only") ? rank.options().stringValue("only") : "";
        List<Measurement> chosen = measurements(rank.size()).stream().filter(m -> m.name.startsWith(only)).toList();
        // Where there is one operation only, it has to warm up everything.
        long warm = rank.size() > FEW_RANKS ? FEW_WARM_NANOS : WARM_NANOS;
        // Ranks that spin take the cores from the compiler: it gets time of its own, twice, since the first compiled code shows new profiles.
        for (int pass = 1; pass <= 2; pass++) {
            chosen.forEach(m -> repetitions(rank.world(), m, warm));
            LockSupport.parkNanos(COMPILE_NANOS);
            rank.world().barrier();
        }
        chosen.forEach(m -> measure(rank, m));
    }

    private List<Measurement> measurements(int ranks) {
        List<Measurement> all = new ArrayList<>();
        if (ranks == 2) {
            all.add(new Measurement("pingpong-0", 2, this::exchange, 0));
            all.add(new Measurement("pingpong-8", 2, this::exchange, 1));
            all.add(new Measurement("pingpong-1K", 2, this::exchange, 128));
            all.add(new Measurement("pingpong-4K", 2, this::exchange, 512));
            all.add(new Measurement("pingpong-64K", 2, this::exchange, LONG));
            all.add(new Measurement("pingpong-1M", 2, this::exchange, 1 << 17));
            all.add(new Measurement("pingpong-4M", 2, this::exchange, LONGEST));
            all.add(new Measurement("stream-8", WINDOW, this::stream, 1));
            all.add(new Measurement("stream-64K", WINDOW, this::stream, LONG));
        }
        if (ranks <= FEW_RANKS) {
            all.add(new Measurement("barrier", 1, (world, n) -> world.barrier(), 0));
            sizes(all, "bcast", (world, n) -> world.bcast(data, 0, n, 0), 1 << 17);
            sizes(all, "reduce", (world, n) -> world.reduce(data, 0, n, Op.SUM, 0), 1 << 17);
            sizes(all, "allreduce", (world, n) -> world.allreduce(data, 0, n, Op.SUM), 1 << 17);
            sizes(all, "allgather", (world, n) -> world.allgather(data, 0, n, other, 0), LONG);
            sizes(all, "alltoall", (world, n) -> world.alltoall(data, 0, n, other, 0), LONG);
            sizes(all, "gather", (world, n) -> world.gather(data, 0, n, other, 0, 0), LONG);
            sizes(all, "scatter", (world, n) -> world.scatter(data, 0, other, 0, n, 0), LONG);
            sizes(all, "reducescatter", (world, n) -> world.reduceScatterBlock(data, 0, n, other, 0, Op.SUM), LONG);
            sizes(all, "scan", (world, n) -> world.scan(data, 0, n, Op.SUM), LONG);
            sizes(all, "exscan", (world, n) -> world.exscan(data, 0, n, Op.SUM), 128);
            sizes(all, "iallreduce", (world, n) -> world.nonblocking().allreduce(data, 0, n, Op.SUM).await(), 128);
        }
        all.add(new Measurement("mixed-1K", 1, this::mixed, 128));
        return all;
    }

    private static void sizes(List<Measurement> all, String name, Body body, int most) {
        for (int i = 0; i < SIZES.length && LENGTHS[i] <= most; i++) {
            all.add(new Measurement(name + "-" + SIZES[i], 1, body, LENGTHS[i]));
        }
    }

    /** As osu_latency: what is sent and what comes lie in arrays of their own. */
    private void exchange(Comm world, int n) {
        if (world.rank() == 0) {
            world.send(data, 0, n, 1, 0);
            world.recv(other, 0, n, 1, 0);
        } else if (world.rank() == 1) {
            world.recv(other, 0, n, 0, 0);
            world.send(data, 0, n, 0, 0);
        }
    }

    /** A window of messages to rank 1, which answers when it has all of them. */
    private void stream(Comm world, int n) {
        if (world.rank() == 0) {
            for (int i = 0; i < WINDOW; i++) {
                requests[i] = world.isend(data, 0, n, 1, 0);
            }
            Request.awaitAll(requests);
            world.recv(data, 0, 1, 1, 1);
        } else if (world.rank() == 1) {
            for (int i = 0; i < WINDOW; i++) {
                requests[i] = world.irecv(other, 0, n, 0, 0);
            }
            Request.awaitAll(requests);
            world.send(data, 0, 1, 0, 1);
        }
    }

    /** What a program does between two steps: neighbours, a sum, something to all. */
    private void mixed(Comm world, int n) {
        int size = world.size();
        world.sendRecv(data, 0, n, (world.rank() + 1) % size, 0, other, 0, n, (world.rank() + size - 1) % size, 0);
        world.allreduce(data, 0, 1, Op.SUM);
        world.bcast(data, 0, n, 0);
        world.barrier();
    }

    private static void measure(Rank rank, Measurement m) {
        Comm world = rank.world();
        int rounds = (int) (rank.options().has("rounds") ? rank.options().intValue("rounds") : 10);
        double millis = rank.options().has("millis") ? rank.options().floatValue("millis") : 5;
        long repetitions = repetitions(world, m, (long) (millis * 1e6));
        double[] times = new double[rounds];
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            world.barrier();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (long i = 0; i < repetitions; i++) {
                m.body.run(world, m.n);
            }
            times[round] = (System.nanoTime() - start) / 1e3 / repetitions / m.parts;
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        Arrays.sort(times);
        rank.print(String.format(Locale.ROOT, "%s %.4f %.4f %.1f", m.name, times[0], times[rounds / 2], (double) allocated / repetitions / m.parts));
    }

    /** How many repetitions fill a round, found after the compiler has had time for this operation; all ranks agree. */
    private static long repetitions(Comm world, Measurement m, long roundNanos) {
        long warm = Math.max(roundNanos, WARM_NANOS);
        long count = 2;
        long spent = 0;
        long done = 0;
        double fastest = Double.MAX_VALUE;
        // What is slow since nothing of it is compiled yet must not pass for warm after some few repetitions, nor be measured by one at a time.
        while (spent < warm || done < WARM_REPETITIONS && spent < MOST_WARM * warm) {
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) {
                m.body.run(world, m.n);
            }
            long elapsed = world.allreduce(System.nanoTime() - start, Op.MAX);
            spent += elapsed;
            done += count;
            fastest = Math.min(fastest, (double) elapsed / count);
            count = elapsed < roundNanos ? Math.min(2 * count, MOST_REPETITIONS) : count;
        }
        return Math.clamp((long) (roundNanos / Math.max(1, fastest)), 1, MOST_REPETITIONS);
    }
}
