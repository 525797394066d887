package org.pellang.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the results of {@code benchmarks/run comm} and prints a table for each number of ranks and one of the targets; with a second argument draws the
 * ratios into a PNG. Arguments: folder [plot.png].
 */
public final class CommReport {
    private static final int[] RANKS = {2, 4, 16};
    private static final String OPENMPI = "openmpi";
    private static final String OPENMPI_DEFAULT = "openmpi-default";
    private static final String MPICH = "mpich";
    private static final String THREADS = "threads";
    private static final String PROCESSES = "processes";
    private static final String[] PEERS = {OPENMPI, MPICH, "mpj", THREADS, PROCESSES};
    private static final double FEW_BYTES = 1.0;

    private final Map<Integer, CommResults> results = new TreeMap<>();
    private final PrintStream out;

    private CommReport(Path folder, PrintStream out) throws IOException {
        this.out = out;
        for (int ranks : RANKS) {
            CommResults read = CommResults.read(folder.resolve("comm-" + ranks + ".txt"));
            if (!read.isEmpty()) {
                results.put(ranks, read);
            }
        }
    }

    /** See above. */
    public static void main(String[] args) throws IOException {
        CommReport report = new CommReport(Path.of(args[0]), System.out);
        report.results.forEach(report::table);
        report.targets();
        if (args.length > 1) {
            new RatioPlot(report.results).write(Path.of(args[1]));
        }
    }

    private void table(int ranks, CommResults r) {
        out.printf(Locale.ROOT, "%-16s %10s %10s %10s %10s %10s   %15s %15s %8s%n", ranks + " ranks, us", OPENMPI, MPICH, "mpj", THREADS, PROCESSES, "threads/C",
                "processes/C", "bytes");
        for (String operation : r.operations()) {
            if (operation.equals("cacheline")) {
                r.time(operation, "probe").ifPresent(t -> out.printf(Locale.ROOT, "%-16s %.1f ns one way at best, %.1f at the median%n", operation, t.min(), t.median()));
                continue;
            }
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-16s", operation));
            for (String peer : PEERS) {
                line.append(time(r, operation, peer).map(t -> String.format(Locale.ROOT, " %10.3f", t.min())).orElse("          -"));
            }
            line.append("  ").append(ratio(r, operation, THREADS)).append(ratio(r, operation, PROCESSES));
            double bytes = time(r, operation, PROCESSES).map(CommResults.Time::bytes).orElse(Double.NaN);
            out.println(line + (Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, " %8.0f", bytes)));
            r.time(operation, OPENMPI_DEFAULT).ifPresent(t -> out.printf(Locale.ROOT,
                    "%-16s %10.0f  (its default, told of as many slots as ranks; else --oversubscribe)%n", "", t.min()));
        }
        out.println();
    }

    /** Hosts stand in the column of processes: their operations are their own. */
    private static Optional<CommResults.Time> time(CommResults r, String operation, String peer) {
        return r.time(operation, peer).or(() -> peer.equals(PROCESSES) ? r.time(operation, "hosts") : Optional.empty());
    }

    private static String ratio(CommResults r, String operation, String peer) {
        Optional<CommResults.Time> mine = time(r, operation, peer);
        Optional<CommResults.Time> c = r.best(operation, OPENMPI, MPICH);
        return mine.isEmpty() || c.isEmpty() ? String.format(" %15s", "-")
                : String.format(Locale.ROOT, "    %5.2f  %5.2f", mine.get().min() / c.get().min(), mine.get().median() / c.get().median());
    }

    // ---- targets ----

    private void targets() {
        out.printf("%-52s %8s %8s %8s   %s%n", "target", "limit", "min", "median", "missed by");
        target("point to point, processes, 0 B to 4 KiB / Open MPI", 1.0, 2, "pingpong-(0|8|1K|4K)", PROCESSES, OPENMPI);
        target("64 KiB and up, threads / Open MPI", 0.4, 2, "pingpong-(64K|1M|4M)", THREADS, OPENMPI);
        target("64 KiB and up, heap arrays, processes / Open MPI", 1.0, 2, "pingpong-(64K|1M|4M)", PROCESSES, OPENMPI);
        for (int ranks : new int[] {2, 4}) {
            for (String peer : new String[] {THREADS, PROCESSES}) {
                target("collectives, " + ranks + " ranks, " + peer + " / better of both", 1.0, ranks,
                        "(barrier|bcast|reduce|allreduce|allgather|alltoall|gather|scatter|reducescatter|scan|exscan|iallreduce).*", peer, OPENMPI, MPICH);
            }
        }
        target("TCP on loopback, point to point / Open MPI over TCP", 1.0, 2, "tcp-(pingpong|stream).*", "hosts", OPENMPI);
        target("TCP on loopback, collectives / Open MPI over TCP", 1.0, 2, "tcp-(?!pingpong|stream).*", "hosts", OPENMPI);
        for (String peer : new String[] {THREADS, PROCESSES}) {
            target("16 ranks on 2 cores, " + peer + " / Open MPI's default", 0.2, 16, "mixed.*", peer, OPENMPI_DEFAULT);
            target("16 ranks on 2 cores, " + peer + " / it with --oversubscribe", 1.0, 16, "mixed.*", peer, OPENMPI);
        }
        List<String> allocating = new ArrayList<>();
        CommResults two = results.get(2);
        for (String operation : two == null ? List.<String>of() : two.operations()) {
            if (operation.startsWith("pingpong") && two.time(operation, PROCESSES).map(t -> t.bytes() > FEW_BYTES).orElse(false)) {
                allocating.add(operation);
            }
        }
        out.println("messages that allocate: " + (allocating.isEmpty() ? "none" : String.join(", ", allocating)));
    }

    /** The worst of the operations counts. */
    private void target(String name, double limit, int ranks, String operations, String peer, String... c) {
        CommResults r = results.get(ranks);
        double min = 0;
        double median = 0;
        List<String> missed = new ArrayList<>();
        for (String operation : r == null ? List.<String>of() : r.operations()) {
            Optional<CommResults.Time> mine = r.time(operation, peer);
            Optional<CommResults.Time> theirs = r.best(operation, c);
            if (operation.matches(operations) && mine.isPresent() && theirs.isPresent()) {
                double a = mine.get().min() / theirs.get().min();
                double b = mine.get().median() / theirs.get().median();
                min = Math.max(min, a);
                median = Math.max(median, b);
                if (Math.min(a, b) > limit) {
                    missed.add(String.format(Locale.ROOT, "%s %.2f", operation, Math.min(a, b)));
                }
            }
        }
        if (min > 0) {
            out.printf(Locale.ROOT, "%-52s %8.2f %8.2f %8.2f   %s%n", name, limit, min, median, missed.isEmpty() ? "met" : String.join(", ", missed));
        }
    }
}
