package org.pellang.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the peers of {@code benchmarks/run comm} have printed, on one number of ranks: lines "peer operation minimum median [bytes]", in microseconds, of any number of rounds. */
final class CommResults {
    private static final int WORDS = 4;

    /**
     * One operation of one peer over all rounds.
     *
     * @param min smallest minimum in microseconds
     * @param median median of the medians
     * @param bytes least bytes allocated on rank 0, or NaN
     */
    record Time(double min, double median, double bytes) {}

    private final Map<String, Map<String, List<double[]>>> byOperation = new LinkedHashMap<>();

    static CommResults read(Path file) throws IOException {
        CommResults results = new CommResults();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] words = line.strip().split("\\s+");
            if (words.length >= WORDS && words[2].matches("[0-9.]+")) {
                double bytes = words.length > WORDS ? Double.parseDouble(words[WORDS]) : Double.NaN;
                results.byOperation.computeIfAbsent(words[1], o -> new LinkedHashMap<>()).computeIfAbsent(words[0], p -> new ArrayList<>())
                        .add(new double[] {Double.parseDouble(words[2]), Double.parseDouble(words[3]), bytes});
            }
        }
        return results;
    }

    List<String> operations() {
        return List.copyOf(byOperation.keySet());
    }

    boolean isEmpty() {
        return byOperation.isEmpty();
    }

    Optional<Time> time(String operation, String peer) {
        List<double[]> rounds = byOperation.getOrDefault(operation, Map.of()).get(peer);
        if (rounds == null) {
            return Optional.empty();
        }
        double[] medians = rounds.stream().mapToDouble(r -> r[1]).sorted().toArray();
        double min = rounds.stream().mapToDouble(r -> r[0]).min().orElseThrow();
        double bytes = rounds.stream().mapToDouble(r -> r[2]).min().orElseThrow();
        return Optional.of(new Time(min, medians[medians.length / 2], bytes));
    }

    /** The faster of some peers, by minimum and median apart. */
    Optional<Time> best(String operation, String... peers) {
        List<Time> times = Arrays.stream(peers).flatMap(peer -> time(operation, peer).stream()).toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(new Time(times.stream().mapToDouble(Time::min).min().orElseThrow(),
                times.stream().mapToDouble(Time::median).min().orElseThrow(), Double.NaN));
    }
}
