package org.pellang.launcher.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what {@code mpirun} and {@code mpiexec} say by themselves from what the ranks write, on the streams where both arrive: their blocks about ranks that ended badly
 * are taken out, since the ranks have said why, and pelrun says who was killed.
 */
public final class StarterTalk {
    private static final Pattern OPEN_MPI_KILLED =
            Pattern.compile("noticed that process rank (\\d+) with PID (\\d+) on node (\\S+) exited on signal (\\d+)");
    private static final Pattern MPICH_PID = Pattern.compile("=   PID (\\d+) RUNNING AT (\\S+)");
    private static final Pattern MPICH_SIGNAL = Pattern.compile("EXIT STRING: .*\\(signal (\\d+)\\)");
    private static final List<String> KNOWN = List.of(
            "Primary job  terminated normally", "noticed that process rank", "detected that one or more processes exited", "MPI_ABORT was invoked",
            "unable to cleanly terminate the daemons", "BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES");
    private static final List<String> MPICH_TAIL = List.of("YOUR APPLICATION TERMINATED WITH THE EXIT STRING", "This typically refers to a problem with your application",
            "Please see the FAQ page for debugging suggestions");
    private static final String RANK = LinePump.MARK_TEXT + "pel rank ";
    private static final Pattern EXIT = Pattern.compile(LinePump.MARK_TEXT + "pel exit (\\d{1,3})\\s*");
    private static final int RULE = 60;

    private final Map<Long, String> ranks = new ConcurrentHashMap<>();
    private volatile int signal;
    private volatile int exit;
    private volatile String who = "";

    /** One stream of the starter. */
    final class Stream {
        private final List<String> block = new ArrayList<>();
        private boolean inside;

        /** What is to be shown, now that this line has come (with its end). */
        List<String> take(String line) {
            String text = line.stripTrailing();
            boolean begins = block.isEmpty() || block.size() == 1 && block.getFirst().isBlank();
            if (begins && (isRule(text) || text.isEmpty() && block.isEmpty())) {
                block.add(line);
                return List.of();
            }
            if (begins && MPICH_TAIL.stream().anyMatch(text::startsWith)) {
                hear(text);
                return List.of();
            }
            if (begins) {
                block.add(line);
                return rest();
            }
            block.add(line);
            // The line after the rule tells whose block it is: what a rank writes is not held back.
            boolean known = inside || KNOWN.stream().anyMatch(line::contains);
            inside = known && !isRule(text);
            if (!known) {
                return rest();
            }
            if (!inside) {
                block.forEach(StarterTalk.this::hear);
                block.clear();
            }
            return List.of();
        }

        /** What was held back. */
        List<String> rest() {
            List<String> all = List.copyOf(block);
            block.clear();
            return all;
        }

        /** Whether the beginning of a line may be shown before its end has come. */
        boolean mayShow(String part) {
            return block.isEmpty() && !part.startsWith("-") && !part.startsWith("=") && !"YTP".contains(part.substring(0, 1));
        }
    }

    private static boolean isRule(String text) {
        return text.length() >= RULE && (text.chars().allMatch(c -> c == '-') || text.chars().allMatch(c -> c == '='));
    }

    private void hear(String line) {
        Matcher open = OPEN_MPI_KILLED.matcher(line);
        Matcher pid = MPICH_PID.matcher(line);
        Matcher kill = MPICH_SIGNAL.matcher(line);
        if (open.find()) {
            who = "rank " + open.group(1) + " on host " + open.group(3);
            signal = Integer.parseInt(open.group(4));
        } else if (pid.find()) {
            who = ranks.getOrDefault(Long.parseLong(pid.group(1)), "a rank") + " (process " + pid.group(1) + ") on host " + pid.group(2);
        } else if (kill.find()) {
            signal = Integer.parseInt(kill.group(1));
        }
    }

    /** A line that a rank has written for the launcher. */
    public void heard(String line) {
        Matcher end = EXIT.matcher(line);
        if (line.startsWith(RANK)) {
            String[] words = line.substring(RANK.length()).split(" ");
            ranks.put(Long.parseLong(words[1]), "rank " + words[0]);
        } else if (end.matches()) {
            exit = Integer.parseInt(end.group(1));
        }
    }

    /** The code with which a rank has announced that the job ends; what the starter itself says then is about the others, whom it may have killed. */
    public OptionalInt exit() {
        return exit == 0 ? OptionalInt.empty() : OptionalInt.of(exit);
    }

    /** The signal that has ended a rank. */
    public OptionalInt signal() {
        return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    /** Which rank it has ended. */
    public Optional<String> who() {
        return who.isEmpty() ? Optional.empty() : Optional.of(who);
    }

    /** Bytes of a line. */
    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
