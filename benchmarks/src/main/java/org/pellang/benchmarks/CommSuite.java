package org.pellang.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.OptionSpec;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;

/**
 * One-way times between two ranks and times of collectives, in microseconds: one line "name minimum median" per operation, as
 * {@code benchmarks/comm/comm.c} prints for MPI. A program of the runtime's own API, run by the engine under test:
 *
 * <pre>
 * java -cp runtime.jar:benchmarks.jar org.pellang.runtime.bootstrap.RankMain --engine=threads --ranks=2
 *     --class=org.pellang.benchmarks.CommSuite --control=none
 * </pre>
 *
 * and for processes one such command per rank with {@code --engine=processes --rank=R --segments=FOLDER}.
 */
public final class CommSuite implements PelProgram {
    private static final long WARM_NANOS = 300_000_000L;
    private static final int MOST_REPETITIONS = 1 << 20;

    private double[] data = {};
    private double[] other = {};

    @Override
    public ProgramInfo info() {
        return new ProgramInfo("pingpong", "Times of messages and collectives.", List.of(
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
        data = new double[(1 << 17) * rank.size()];
        other = new double[(1 << 17) * rank.size()];
        String only = rank.options().has("only") ? rank.options().stringValue("only") : "";
        List<Measurement> chosen = measurements().stream()
                .filter(m -> m.name.startsWith(only) && (rank.size() == 2 || m.parts == 1)).toList();
        chosen.forEach(m -> repetitions(rank.world(), m, WARM_NANOS));
        chosen.forEach(m -> measure(rank, m));
    }

    private List<Measurement> measurements() {
        return List.of(
                new Measurement("pingpong-8", 2, this::exchange, 1),
                new Measurement("pingpong-1K", 2, this::exchange, 128),
                new Measurement("pingpong-64K", 2, this::exchange, 8192),
                new Measurement("pingpong-1M", 2, this::exchange, 1 << 17),
                new Measurement("barrier", 1, (world, n) -> world.barrier(), 0),
                new Measurement("bcast-8", 1, (world, n) -> world.bcast(data, 0, n, 0), 1),
                new Measurement("bcast-64K", 1, (world, n) -> world.bcast(data, 0, n, 0), 8192),
                new Measurement("allreduce-8", 1, (world, n) -> world.allreduce(data, 0, n, Op.MAX), 1),
                new Measurement("allreduce-1K", 1, (world, n) -> world.allreduce(data, 0, n, Op.MAX), 128),
                new Measurement("allreduce-1M", 1, (world, n) -> world.allreduce(data, 0, n, Op.MAX), 1 << 17),
                new Measurement("allgather-1K", 1, (world, n) -> world.allgather(data, 0, n, other, 0), 128),
                new Measurement("alltoall-1K", 1, (world, n) -> world.alltoall(data, 0, n, other, 0), 128));
    }

    private void exchange(Comm world, int n) {
        if (world.rank() == 0) {
            world.send(data, 0, n, 1, 0);
            world.recv(data, 0, n, 1, 0);
        } else if (world.rank() == 1) {
            world.recv(data, 0, n, 0, 0);
            world.send(data, 0, n, 0, 0);
        }
    }

    private static void measure(Rank rank, Measurement m) {
        Comm world = rank.world();
        int rounds = (int) (rank.options().has("rounds") ? rank.options().intValue("rounds") : 10);
        double millis = rank.options().has("millis") ? rank.options().floatValue("millis") : 5;
        long repetitions = repetitions(world, m, (long) (millis * 1e6));
        double[] times = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            world.barrier();
            long start = System.nanoTime();
            for (long i = 0; i < repetitions; i++) {
                m.body.run(world, m.n);
            }
            times[round] = (System.nanoTime() - start) / 1e3 / repetitions / m.parts;
        }
        Arrays.sort(times);
        rank.print(String.format(Locale.ROOT, "%s %.4f %.4f", m.name, times[0], times[rounds / 2]));
    }

    /** How many repetitions fill a round, found after the compiler has had time for this operation; all ranks agree. */
    private static long repetitions(Comm world, Measurement m, long roundNanos) {
        long warm = Math.max(roundNanos, 100_000_000L);
        long count = 8;
        long spent = 0;
        while (true) {
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) {
                m.body.run(world, m.n);
            }
            long elapsed = world.allreduce(System.nanoTime() - start, Op.MAX);
            spent += elapsed;
            if (spent >= warm) {
                return Math.clamp(count * roundNanos / Math.max(1, elapsed), 1, MOST_REPETITIONS);
            }
            count = elapsed < roundNanos ? Math.min(2 * count, MOST_REPETITIONS) : count;
        }
    }
}
