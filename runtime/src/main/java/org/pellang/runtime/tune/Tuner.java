package org.pellang.runtime.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.pellang.runtime.Comm;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Op;
import org.pellang.runtime.OptionSpec;
import org.pellang.runtime.PelProgram;
import org.pellang.runtime.ProgramInfo;
import org.pellang.runtime.Rank;
import org.pellang.runtime.collective.Algorithm;
import org.pellang.runtime.collective.AlgorithmTable;
import org.pellang.runtime.collective.Collective;
import org.pellang.runtime.collective.Situation;

/**
 * Times every algorithm of every collective on the ranks and the transport of its job, and writes lines for {@code pelrun --coll-table}. The algorithms
 * of one size take turns; the median counts of what the slowest rank needed. What is chosen today stays unless another is faster by more than 5 %.
 */
public final class Tuner implements PelProgram {
    private static final int LEAST_BYTES = 8;
    private static final int MOST_BYTES = 1 << 20;
    private static final int ROUNDS = 5;
    private static final double MILLIS = 2;
    private static final long COMPILE_NANOS = 1_000_000_000L;
    private static final int FACTOR = 4;
    private static final double BETTER = 0.95;
    private static final int MOST_REPETITIONS = 1 << 14;

    private long[] data = {};
    private long[] other = {};

    @Override
    public ProgramInfo info() {
        return new ProgramInfo("tune", "Measures the collectives and writes a table of the fastest algorithms.", List.of(
                new OptionSpec("out", OptionSpec.Kind.STRING, "", "file to write"),
                new OptionSpec("rounds", OptionSpec.Kind.INT, "5", "measured rounds"),
                new OptionSpec("millis", OptionSpec.Kind.FLOAT, "2.0", "length of a round"),
                new OptionSpec("most", OptionSpec.Kind.INT, "1_048_576", "longest buffer in bytes")));
    }

    @Override
    public void run(Rank rank) {
        Comm world = rank.world();
        int most = (int) (rank.options().has("most") ? rank.options().intValue("most") : MOST_BYTES);
        data = new long[most / Long.BYTES * world.size()];
        other = new long[data.length];
        // What the first pass finds is what the compiler has not seen yet; then it gets the cores for a moment.
        all(rank, most, true);
        LockSupport.parkNanos(COMPILE_NANOS);
        write(rank, all(rank, most, false));
    }

    private List<String> all(Rank rank, int most, boolean warm) {
        List<String> lines = new ArrayList<>();
        for (Collective what : Collective.values()) {
            lines.addAll(tune(rank, what, most, warm));
        }
        return lines;
    }

    /** All ranks get the same lines. */
    private List<String> tune(Rank rank, Collective what, int most, boolean warm) {
        Comm world = rank.world();
        Map<Algorithm, Comm> ways = new EnumMap<>(Algorithm.class);
        for (Algorithm how : what.algorithms()) {
            ways.put(how, world.dup(AlgorithmTable.of(what + " " + how + " - - - - -")));
        }
        List<TunedSize> sizes = new ArrayList<>();
        for (long bytes = LEAST_BYTES; bytes <= (what == Collective.BARRIER ? LEAST_BYTES : most); bytes *= FACTOR) {
            int n = elements(what, bytes, world.size());
            if (n > 0) {
                sizes.add(size(rank, what, bytes, n, ways, warm));
            }
        }
        return TunedSize.lines(what, sizes, world.situation(0, 0, true));
    }

    /** Elements that each rank gives: in some collectives the size is that of all parts together. */
    private static int elements(Collective what, long bytes, int ranks) {
        long n = bytes / Long.BYTES;
        return (int) (what == Collective.ALLGATHER || what == Collective.REDUCE_SCATTER ? n / ranks : n);
    }

    private TunedSize size(Rank rank, Collective what, long bytes, int n, Map<Algorithm, Comm> ways, boolean warm) {
        Comm world = rank.world();
        int rounds = warm ? 1 : (int) (rank.options().has("rounds") ? rank.options().intValue("rounds") : ROUNDS);
        long nanos = (long) ((rank.options().has("millis") ? rank.options().floatValue("millis") : MILLIS) * 1e6);
        long length = what == Collective.BARRIER ? 0 : bytes / Long.BYTES;
        Situation exact = world.situation(length * Long.BYTES, length, true);
        List<Algorithm> possible = what.algorithms().stream().filter(how -> exact.allows(what, how)).toList();
        double[][] times = new double[possible.size()][rounds];
        int[] repetitions = new int[possible.size()];
        for (int k = 0; k < repetitions.length; k++) {
            repetitions[k] = repetitions(what, n, ways, possible.get(k), nanos);
        }
        for (int round = 0; round < rounds; round++) {
            for (int k = 0; k < repetitions.length; k++) {
                times[k][round] = time(what, n, comm(ways, possible.get(k)), repetitions[k]) / repetitions[k];
            }
        }
        Map<Algorithm, Double> medians = new EnumMap<>(Algorithm.class);
        for (int k = 0; k < repetitions.length; k++) {
            Arrays.sort(times[k]);
            medians.put(possible.get(k), times[k][rounds / 2]);
        }
        Situation sums = world.situation(length * Long.BYTES, length, false);
        Algorithm today = AlgorithmTable.of().choose(what, exact);
        Algorithm general = AlgorithmTable.of().choose(what, sums);
        TunedSize tuned = new TunedSize(bytes, best(medians, possible, today),
                best(medians, possible.stream().filter(how -> sums.allows(what, how)).toList(), general));
        if (world.rank() == 0 && !warm) {
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-14s %8d B ", what, length * Long.BYTES));
            possible.forEach(how -> text.append(String.format(Locale.ROOT, " %s%s %.2f us", how == tuned.any() ? "*" : "", how, medians.getOrDefault(how, 0.0) / 1e3)));
            rank.print(text.toString());
        }
        return tuned;
    }

    private static Algorithm best(Map<Algorithm, Double> medians, List<Algorithm> candidates, Algorithm today) {
        Algorithm best = today;
        double limit = medians.getOrDefault(today, Double.MAX_VALUE) * BETTER;
        for (Algorithm how : candidates) {
            double time = medians.getOrDefault(how, Double.MAX_VALUE);
            if (how != today && time < limit) {
                best = how;
                limit = time;
            }
        }
        return best;
    }

    private static Comm comm(Map<Algorithm, Comm> ways, Algorithm how) {
        return Objects.requireNonNull(ways.get(how));
    }

    /** How many fill a round once the compiler has seen it; the same on all ranks. */
    private int repetitions(Collective what, int n, Map<Algorithm, Comm> ways, Algorithm how, long nanos) {
        Comm comm = comm(ways, how);
        int count = 4;
        double elapsed = time(what, n, comm, count);
        while (elapsed < nanos && count < MOST_REPETITIONS) {
            count *= 2;
            elapsed = time(what, n, comm, count);
        }
        return count;
    }

    /** Nanoseconds that the slowest rank needs, on all ranks. */
    private double time(Collective what, int n, Comm comm, int repetitions) {
        comm.barrier();
        long start = System.nanoTime();
        for (int i = 0; i < repetitions; i++) {
            call(what, n, comm);
        }
        return comm.allreduce(System.nanoTime() - start, Op.MAX);
    }

    private void call(Collective what, int n, Comm comm) {
        switch (what) {
            case BARRIER -> comm.barrier();
            case BCAST -> comm.bcast(data, 0, n, 0);
            case REDUCE -> comm.reduce(data, 0, n, Op.SUM, 0);
            case ALLREDUCE -> comm.allreduce(data, 0, n, Op.BXOR);
            case ALLGATHER -> comm.allgather(data, 0, n, other, 0);
            case REDUCE_SCATTER -> comm.reduceScatterBlock(data, 0, n, other, 0, Op.SUM);
            case ALLTOALL -> comm.alltoall(data, 0, n, other, 0);
            case GATHER -> comm.gather(data, 0, n, other, 0, 0);
            case SCATTER -> comm.scatter(data, 0, other, 0, n, 0);
            case SCAN -> comm.scan(data, 0, n, Op.BXOR);
        }
    }

    private static void write(Rank rank, List<String> lines) {
        String out = rank.options().has("out") ? rank.options().stringValue("out") : "";
        if (rank.rank() != 0 || out.isEmpty()) {
            lines.forEach(rank::print);
            return;
        }
        try {
            Files.write(Path.of(out), lines);
        } catch (IOException e) {
            throw new CommException("the table cannot be written to " + out + ": " + e.getMessage());
        }
    }
}
