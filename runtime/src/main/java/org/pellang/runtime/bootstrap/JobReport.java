package org.pellang.runtime.bootstrap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Verdict;

/** The one block that says why a job was stopped, made from the board. */
final class JobReport {
    private static final int MOST_GROUPS = 24;

    private final Board board;
    private final IntFunction<String> hosts;

    /** @param hosts names the host of a rank */
    JobReport(Board board, IntFunction<String> hosts) {
        this.board = board;
        this.hosts = hosts;
    }

    String text(Verdict verdict) {
        return switch (verdict.reason()) {
            case FAILED -> failure(verdict.rank());
            case RESTART -> "";
            case DEADLOCK -> "pelrun: deadlock: every rank is blocked and no message is on its way\n" + sentences(-1) + disagreement();
        };
    }

    private String failure(int rank) {
        RankStory story = story(rank);
        StringBuilder text = new StringBuilder("pelrun: rank " + rank + " of " + board.ranks() + " on host " + hosts.apply(rank) + " failed\n");
        story.head().lines().forEach(line -> text.append("  ").append(line).append('\n'));
        if (!story.mismatch().isEmpty()) {
            String[] parts = story.mismatch().split(" ");
            int peer = Integer.parseInt(parts[0]);
            int sequence = Integer.parseInt(parts[1]);
            text.append("    rank ").append(rank).append(" calls ").append(story.collective(sequence)).append('\n');
            text.append("    rank ").append(peer).append(" calls ").append(story(peer).collective(sequence)).append('\n');
        }
        if (!story.operationLines().isEmpty()) {
            text.append("  last operations of rank ").append(rank).append(":\n");
            story.operationLines().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        if (board.ranks() > 1) {
            text.append("  the others:\n").append(sentences(rank));
        }
        return text.toString();
    }

    private RankStory story(int rank) {
        String text = board.description(rank);
        return text == null ? new RankStory("gives no answer", "", "") : RankStory.decode(text);
    }

    /** What the ranks but one were doing; ranks that do the same on one line. */
    private String sentences(int without) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int r = 0; r < board.ranks(); r++) {
            if (r != without) {
                String head = story(r).head().lines().findFirst().orElse("");
                groups.computeIfAbsent(head, k -> new ArrayList<>()).add(r);
            }
        }
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (Map.Entry<String, List<Integer>> group : groups.entrySet()) {
            if (shown++ == MOST_GROUPS) {
                text.append("    ... and ").append(groups.size() - MOST_GROUPS).append(" more\n");
                break;
            }
            text.append("    ").append(names(group.getValue())).append(' ').append(number(group.getKey(), group.getValue().size())).append('\n');
        }
        return text.toString();
    }

    /** A hint if ranks wait in different collectives. */
    private String disagreement() {
        Set<String> collectives = new HashSet<>();
        for (int r = 0; r < board.ranks(); r++) {
            String head = story(r).head();
            int missing = head.indexOf(", missing rank");
            if (missing >= 0) {
                collectives.add(head.substring(0, missing));
            }
        }
        return collectives.size() < 2 ? "" : "  the ranks have called different collectives\n";
    }

    private static String number(String sentence, int ranks) {
        if (ranks == 1) {
            return sentence;
        }
        return sentence.replaceFirst("^waits ", "wait ").replaceFirst("^has ", "have ").replaceFirst("^computes", "compute")
                .replaceFirst("^gives", "give");
    }

    /** {@code rank 3}, {@code ranks 0-2, 5}. */
    static String names(List<Integer> ranks) {
        StringBuilder text = new StringBuilder(ranks.size() == 1 ? "rank " : "ranks ");
        for (int i = 0; i < ranks.size(); ) {
            int j = i;
            while (j + 1 < ranks.size() && ranks.get(j + 1) == ranks.get(j) + 1) {
                j++;
            }
            text.append(i == 0 ? "" : ", ").append(ranks.get(i));
            if (j > i) {
                text.append(j == i + 1 ? ", " : "-").append(ranks.get(j));
            }
            i = j + 1;
        }
        return text.toString();
    }
}
