package org.pellang.runtime.collective;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pellang.runtime.CommException;

/**
 * Which algorithm each collective uses, by bytes, ranks and where these are: data, not code. The table that comes with the runtime is
 * {@code algorithms.tsv} beside this class; the file that {@code PEL_COLLECTIVES} names is looked at first. All ranks must have the same: its hash is
 * part of the guard of every collective, so that ranks with different tables stop with a report instead of hanging.
 */
public final class AlgorithmTable {
    /** Environment variable with the path of a table that goes before the built-in one. */
    public static final String VARIABLE = "PEL_COLLECTIVES";

    private static final String BUILT_IN = "algorithms.tsv";
    private static final int COLUMNS = 7;
    /** What exists; the last of each works at any size on any number of ranks. */
    private static final Map<String, List<Algorithm>> KNOWN = Map.of(
            "barrier", List.of(Algorithm.TREE, Algorithm.DISSEMINATION),
            "allreduce", List.of(Algorithm.DIRECT, Algorithm.SLICES, Algorithm.DOUBLING, Algorithm.TREE),
            "allgather", List.of(Algorithm.DIRECT, Algorithm.ROOT, Algorithm.RING));

    /** Where the ranks are. */
    private enum Where {
        ANY,
        NODE,
        NEAR
    }

    private record Rule(String collective, Algorithm algorithm, long leastBytes, long mostBytes, int leastRanks, int mostRanks, Where where) {
        boolean fits(long bytes, int ranks, boolean node, boolean near) {
            return bytes >= leastBytes && bytes <= mostBytes && ranks >= leastRanks && ranks <= mostRanks
                    && (where == Where.ANY || (where == Where.NODE ? node : near));
        }
    }

    /** Holds the table of this JVM; made when the first collective needs it. */
    private static final class OfJvm {
        static final AlgorithmTable TABLE = load(System.getenv(VARIABLE));
    }

    private final List<Rule> barrier;
    private final List<Rule> allreduce;
    private final List<Rule> allgather;
    private final int hash;

    private AlgorithmTable(List<Rule> rules) {
        this.barrier = of("barrier", rules);
        this.allreduce = of("allreduce", rules);
        this.allgather = of("allgather", rules);
        // Strings, since hashes of enums differ from JVM to JVM.
        this.hash = rules.toString().hashCode();
    }

    private static List<Rule> of(String collective, List<Rule> rules) {
        return rules.stream().filter(r -> r.collective.equals(collective)).toList();
    }

    /** The table of this JVM. */
    static AlgorithmTable ofJvm() {
        return OfJvm.TABLE;
    }

    /** The built-in table, with that file's lines before it if there is one. @throws CommException if the file cannot be used */
    static AlgorithmTable load(@org.jspecify.annotations.Nullable String file) {
        List<Rule> rules = new ArrayList<>();
        if (file != null && !file.isEmpty()) {
            try {
                read(file, Files.readString(Path.of(file)), rules);
            } catch (IOException e) {
                throw new CommException(VARIABLE + "=" + file + ": the table cannot be read: " + e.getMessage());
            }
        }
        try (InputStream in = AlgorithmTable.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is missing");
            }
            read(BUILT_IN, new String(in.readAllBytes(), StandardCharsets.UTF_8), rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AlgorithmTable(rules);
    }

    private static void read(String name, String text, List<Rule> rules) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String place = name + ":" + number;
            String[] words = line.strip().split("\\s+");
            if (words.length != COLUMNS) {
                throw new CommException(place + ": a line has " + COLUMNS + " columns, not " + words.length);
            }
            List<Algorithm> known = KNOWN.get(words[0]);
            if (known == null) {
                throw new CommException(place + ": there is one algorithm for `" + words[0] + "`, or no such collective; tables are for " + sorted(KNOWN.keySet()));
            }
            Algorithm algorithm = known.stream().filter(a -> a.toString().equals(words[1])).findFirst()
                    .orElseThrow(() -> new CommException(place + ": " + words[0] + " knows " + known + ", not `" + words[1] + "`"));
            rules.add(new Rule(words[0], algorithm, number(place, words[2], 0), number(place, words[3], Long.MAX_VALUE),
                    (int) number(place, words[4], 0), (int) number(place, words[5], Integer.MAX_VALUE), where(place, words[6])));
        }
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static long number(String place, String word, long otherwise) {
        if (word.equals("-")) {
            return otherwise;
        }
        try {
            return Math.min(Long.parseUnsignedLong(word), otherwise == Integer.MAX_VALUE ? Integer.MAX_VALUE : Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw new CommException(place + ": `" + word + "` is not a number, nor `-`");
        }
    }

    private static Where where(String place, String word) {
        return switch (word) {
            case "-" -> Where.ANY;
            case "node" -> Where.NODE;
            case "near" -> Where.NEAR;
            default -> throw new CommException(place + ": `" + word + "` is none of near, node and -");
        };
    }

    /** Of all lines: equal on two ranks if their tables are. */
    int hash() {
        return hash;
    }

    Algorithm barrier(int ranks, boolean node) {
        return choose(barrier, 0, ranks, node, false, EnumSet.noneOf(Algorithm.class), Algorithm.DISSEMINATION);
    }

    /** @param len elements, of which slices need one each */
    Algorithm allreduce(long bytes, int len, int ranks, boolean node, boolean near) {
        Set<Algorithm> impossible = EnumSet.noneOf(Algorithm.class);
        if (!near || ranks == 1) {
            impossible.add(Algorithm.DIRECT);
        }
        if (len < ranks) {
            impossible.add(Algorithm.SLICES);
        }
        if (Integer.bitCount(ranks) != 1) {
            impossible.add(Algorithm.DOUBLING);
        }
        return choose(allreduce, bytes, ranks, node, near, impossible, Algorithm.TREE);
    }

    /** @param bytes of all ranks together */
    Algorithm allgather(long bytes, int ranks, boolean node, boolean near) {
        return choose(allgather, bytes, ranks, node, near, EnumSet.noneOf(Algorithm.class), Algorithm.RING);
    }

    private static Algorithm choose(List<Rule> rules, long bytes, int ranks, boolean node, boolean near, Set<Algorithm> impossible, Algorithm otherwise) {
        for (Rule rule : rules) {
            if (rule.fits(bytes, ranks, node, near) && !impossible.contains(rule.algorithm)) {
                return rule.algorithm;
            }
        }
        return otherwise;
    }

    @Override
    public String toString() {
        return "table " + Integer.toHexString(hash).toLowerCase(Locale.ROOT);
    }
}
