package org.pellang.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.OptionSpec;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;

/**
 * One-way times between ranks 0 and 1, and times of barrier and allreduce over all ranks, in microseconds: the minimum and the
 * median over rounds. A program of the runtime's own API, run by the engine under test:
 *
 * <pre>
 * java -cp runtime.jar:benchmarks.jar org.pellang.runtime.bootstrap.RankMain --engine=threads --ranks=2
 *     --class=org.pellang.benchmarks.PingPong --control=none
 * </pre>
 *
 * and for processes one such command per rank with {@code --engine=processes --rank=R --segments=FOLDER}.
 */
public final class PingPong implements PelProgram {
    private static final int[] BYTES = {8, 1 << 10, 64 << 10, 1 << 20, 4 << 20};
    private static final long ROUND_NANOS = 20_000_000L;

    @Override
    public ProgramInfo info() {
        return new ProgramInfo("pingpong", "One-way times of messages.", List.of(
                new OptionSpec("rounds", OptionSpec.Kind.INT, "25", "measured rounds per size")));
    }

    /** One repetition of what is measured. */
    private interface Body {
        void run();
    }

    @Override
    public void run(Rank rank) {
        int rounds = (int) (rank.options().has("rounds") ? rank.options().intValue("rounds") : 25);
        Comm world = rank.world();
        rank.print(String.format(Locale.ROOT, "%-22s %10s %10s  us", rank.size() + " ranks", "minimum", "median"));
        for (int bytes : BYTES) {
            double[] data = new double[bytes / Double.BYTES];
            measure(rank, rounds, bytes + " B one way", 2, () -> exchange(world, data));
        }
        measure(rank, rounds, "barrier", 1, world::barrier);
        measure(rank, rounds, "allreduce 8 B", 1, () -> world.allreduce(1.0, Op.MAX));
        double[] vector = new double[1 << 17];
        measure(rank, rounds, "allreduce 1 MiB", 1, () -> world.allreduce(vector, 0, vector.length, Op.MAX));
    }

    private static void exchange(Comm world, double[] data) {
        if (world.rank() == 0) {
            world.send(data, 0, data.length, 1, 0);
            world.recv(data, 0, data.length, 1, 0);
        } else if (world.rank() == 1) {
            world.recv(data, 0, data.length, 0, 0);
            world.send(data, 0, data.length, 0, 0);
        }
    }

    private static void measure(Rank rank, int rounds, String name, int parts, Body body) {
        Comm world = rank.world();
        long repetitions = repetitions(world, body);
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            world.barrier();
            long start = System.nanoTime();
            for (long i = 0; i < repetitions; i++) {
                body.run();
            }
            times.add((System.nanoTime() - start) / 1e3 / repetitions / parts);
        }
        double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
        rank.print(String.format(Locale.ROOT, "%-22s %10.2f %10.2f", name, sorted[0], sorted[sorted.length / 2]));
    }

    /** Warms up, and finds how many repetitions fill a round; rank 0 decides. */
    private static long repetitions(Comm world, Body body) {
        long[] count = {8};
        long elapsed = 0;
        while (elapsed < ROUND_NANOS && count[0] < 1 << 20) {
            count[0] *= 2;
            long start = System.nanoTime();
            for (long i = 0; i < count[0]; i++) {
                body.run();
            }
            elapsed = world.allreduce(System.nanoTime() - start, Op.MAX);
        }
        return count[0];
    }
}
