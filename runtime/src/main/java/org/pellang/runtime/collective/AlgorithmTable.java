package org.pellang.runtime.collective;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.CommException;

/**
 * Which algorithm each collective uses, by bytes, ranks and where these are: data, not code. The table that comes with the runtime is
 * {@code algorithms.tsv} beside this class; the file that {@code PEL_COLLECTIVES} names is looked at first, and the lines of a communicator's own
 * table before both. All ranks must have the same: its hash is part of the guard of every collective, so that ranks with different tables stop
 * with a report instead of hanging.
 */
public final class AlgorithmTable {
    /** Environment variable with the path of a table that goes before the built-in one. */
    public static final String VARIABLE = "PEL_COLLECTIVES";

    private static final String BUILT_IN = "algorithms.tsv";
    private static final int COLUMNS = 7;

    /** Where the ranks of the communicator are. */
    private enum Where {
        ANY,
        NODE,
        HOSTS,
        NEAR
    }

    private record Rule(Collective collective, Algorithm algorithm, long leastBytes, long mostBytes, int leastRanks, int mostRanks, Where where) {
        boolean fits(Situation s) {
            return s.bytes() >= leastBytes && s.bytes() <= mostBytes && s.ranks() >= leastRanks && s.ranks() <= mostRanks && switch (where) {
                case ANY -> true;
                case NODE -> s.node();
                case HOSTS -> s.spread();
                case NEAR -> s.near();
            };
        }
    }

    /** Holds the table of this JVM; made when the first collective needs it. */
    private static final class OfJvm {
        static final AlgorithmTable TABLE = load(System.getenv(VARIABLE));
    }

    private final List<Rule> rules;
    private final Map<Collective, Rule[]> byCollective = new EnumMap<>(Collective.class);
    private final int hash;

    private AlgorithmTable(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (Collective what : Collective.values()) {
            byCollective.put(what, rules.stream().filter(r -> r.collective == what).toArray(Rule[]::new));
        }
        // Strings, since hashes of enums differ from JVM to JVM.
        this.hash = rules.toString().hashCode();
    }

    /** The table of this JVM. */
    static AlgorithmTable ofJvm() {
        return OfJvm.TABLE;
    }

    /** The built-in table, with that file's lines before it if there is one. @throws CommException if the file cannot be used */
    static AlgorithmTable load(@Nullable String file) {
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

    /**
     * The table of this JVM with lines before it, for {@link org.pellang.runtime.Comm#dup(AlgorithmTable)}.
     *
     * @param lines as those of {@code algorithms.tsv}: collective, algorithm, least and most bytes, least and most ranks, where
     * @throws CommException if a line says something else
     */
    public static AlgorithmTable of(String... lines) {
        List<Rule> rules = new ArrayList<>();
        read("table", String.join("\n", lines), rules);
        rules.addAll(ofJvm().rules);
        return new AlgorithmTable(rules);
    }

    private static void read(String name, String text, List<Rule> rules) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                rules.add(rule(name + ":" + number, line.strip().split("\\s+")));
            }
        }
    }

    private static Rule rule(String place, String[] words) {
        if (words.length != COLUMNS) {
            throw new CommException(place + ": a line has " + COLUMNS + " columns, not " + words.length);
        }
        Collective collective = Arrays.stream(Collective.values()).filter(c -> c.toString().equals(words[0])).findFirst()
                .orElseThrow(() -> new CommException(place + ": `" + words[0] + "` is none of the collectives " + Arrays.toString(Collective.values())));
        Algorithm algorithm = collective.algorithms().stream().filter(a -> a.toString().equals(words[1])).findFirst()
                .orElseThrow(() -> new CommException(place + ": " + words[0] + " knows " + collective.algorithms() + ", not `" + words[1] + "`"));
        return new Rule(collective, algorithm, number(place, words[2], 0), number(place, words[3], Long.MAX_VALUE),
                (int) number(place, words[4], 0), (int) number(place, words[5], Integer.MAX_VALUE), where(place, words[6]));
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
            case "hosts" -> Where.HOSTS;
            case "near" -> Where.NEAR;
            default -> throw new CommException(place + ": `" + word + "` is none of near, node, hosts and -");
        };
    }

    /** Of all lines: equal on two ranks if their tables are. */
    int hash() {
        return hash;
    }

    /** The algorithm of the first line that holds and whose algorithm can do it. */
    public Algorithm choose(Collective what, Situation situation) {
        for (Rule rule : Objects.requireNonNull(byCollective.get(what))) {
            if (rule.fits(situation) && situation.allows(what, rule.algorithm)) {
                return rule.algorithm;
            }
        }
        return what.algorithms().getLast();
    }

    @Override
    public String toString() {
        return "table " + Integer.toHexString(hash).toLowerCase(Locale.ROOT);
    }
}
