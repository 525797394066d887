package org.pellang.cli.report;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts by lines, in the unified form that {@code patch} reads. */
public final class TextDiff {
    private static final int CONTEXT = 3;
    /** Above this many pairs of lines the changed middle is shown as a whole. */
    private static final long MAX_PAIRS = 4_000_000;

    private record Line(char sign, String text) {}

    private TextDiff() {}

    /** The difference, or an empty text if there is none. */
    public static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<Line> lines = lines(List.of(before.split("\\R", -1)), List.of(after.split("\\R", -1)));
        StringBuilder out = new StringBuilder("--- " + name + "\n+++ " + name + "\n");
        int i = 0;
        while (i < lines.size()) {
            if (lines.get(i).sign == ' ') {
                i++;
                continue;
            }
            int end = i;
            for (int k = i; k < lines.size() && k <= end + 2 * CONTEXT; k++) {
                end = lines.get(k).sign == ' ' ? end : k;
            }
            hunk(lines, Math.max(0, i - CONTEXT), Math.min(lines.size(), end + 1 + CONTEXT), out);
            i = end + 1;
        }
        return out.toString();
    }

    private static void hunk(List<Line> lines, int from, int to, StringBuilder out) {
        List<Line> part = lines.subList(from, to);
        out.append("@@ -%d,%d +%d,%d @@%n".formatted(
                count(lines.subList(0, from), '+') + 1, count(part, '+'), count(lines.subList(0, from), '-') + 1, count(part, '-')).replace("\r", ""));
        part.forEach(line -> out.append(line.sign).append(line.text).append('\n'));
    }

    /** Lines without those of a sign. */
    private static long count(List<Line> lines, char without) {
        return lines.stream().filter(l -> l.sign != without).count();
    }

    private static List<Line> lines(List<String> a, List<String> b) {
        int head = 0;
        while (head < a.size() && head < b.size() && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < a.size() - head && tail < b.size() - head && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        middle(a.subList(head, a.size() - tail), b.subList(head, b.size() - tail), lines);
        a.subList(a.size() - tail, a.size()).forEach(text -> lines.add(new Line(' ', text)));
        if (!lines.isEmpty() && lines.getLast().sign == ' ' && lines.getLast().text.isEmpty()) {
            lines.removeLast(); // behind the last line end there is no line
        }
        return lines;
    }

    // Longest common subsequence by the table of its lengths from the back.
    private static void middle(List<String> a, List<String> b, List<Line> lines) {
        boolean small = (long) a.size() * b.size() <= MAX_PAIRS;
        int[][] longest = small ? new int[a.size() + 1][b.size() + 1] : new int[0][0];
        for (int i = a.size() - 1; small && i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                longest[i][j] = a.get(i).equals(b.get(j)) ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (small && i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line(' ', a.get(i++)));
                j++;
            } else if (i < a.size() && (!small || j == b.size() || longest[i + 1][j] >= longest[i][j + 1])) {
                lines.add(new Line('-', a.get(i++)));
            } else {
                lines.add(new Line('+', b.get(j++)));
            }
        }
    }
}
