package org.pellang.compiler.format;

import java.util.ArrayList;
import java.util.List;

/** The lines of a formatted program; comments behind consecutive lines are put into one column. */
final class TextLines {
    private record Line(String code, String comment, boolean blankBefore) {
        int width() {
            return code.codePointCount(0, code.length());
        }

        boolean trailing() {
            return !code.isBlank() && !comment.isEmpty();
        }
    }

    private final List<Line> lines = new ArrayList<>();

    void add(int indent, String code, String comment, boolean blankBefore) {
        lines.add(new Line(" ".repeat(indent) + code, comment, blankBefore && !lines.isEmpty()));
    }

    String text() {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < lines.size()) {
            int end = i + 1;
            while (lines.get(i).trailing() && end < lines.size() && lines.get(end).trailing() && !lines.get(end).blankBefore) {
                end++;
            }
            List<Line> run = lines.subList(i, end);
            int column = column(run);
            for (Line line : run) {
                out.append(line.blankBefore ? "\n" : "").append(line.code);
                if (line.trailing()) {
                    out.append(" ".repeat(Math.max(2, column - line.width())));
                }
                out.append(line.comment).append('\n');
            }
            i = end;
        }
        return out.toString();
    }

    /** Where the comments of these lines begin; 0 if they do not fit beside the longest line. */
    private static int column(List<Line> run) {
        int column = run.stream().mapToInt(Line::width).max().orElse(0) + 2;
        return run.stream().allMatch(l -> column + l.comment.length() <= Layout.WIDTH) ? column : 0;
    }
}
