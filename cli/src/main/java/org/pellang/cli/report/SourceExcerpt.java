package org.pellang.cli.report;

import java.util.Comparator;
import java.util.List;
import org.pellang.compiler.diagnostic.Diagnostic.Severity;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** The lines of one file that a diagnostic points at, with the places underlined: {@code ^^^} the primary one, {@code ---} the others. */
final class SourceExcerpt {
    /** A place with its remark. */
    record Mark(Span span, String text, boolean primary) {}

    /** Longest piece of a line that is shown. */
    private static final int WIDTH = 160;

    private final List<Mark> marks;
    private final Paint paint;
    private final Severity severity;
    private final SourceFile file;
    private final String margin;

    SourceExcerpt(List<Mark> marks, Paint paint, Severity severity) {
        this.marks = marks.stream().sorted(Comparator.comparingInt(m -> m.span().start())).toList();
        this.paint = paint;
        this.severity = severity;
        this.file = marks.getFirst().span().file();
        int lastLine = this.marks.getLast().span().line();
        this.margin = " ".repeat(Integer.toString(lastLine).length());
    }

    void append(StringBuilder out) {
        Span head = marks.stream().filter(Mark::primary).findFirst().orElse(marks.getFirst()).span();
        out.append(paint.frame(margin + " --> ")).append(head).append('\n');
        out.append(paint.frame(margin + "  |")).append('\n');
        int previous = -1;
        for (Mark mark : marks) {
            int line = mark.span().line();
            if (line != previous) {
                if (previous >= 0 && line > previous + 1) {
                    out.append(paint.frame(margin + "...")).append('\n');
                }
                source(line, out);
            }
            underline(mark, out);
            previous = line;
        }
    }

    private void source(int line, StringBuilder out) {
        String number = Integer.toString(line);
        out.append(paint.frame(" " + " ".repeat(margin.length() - number.length()) + number + " |"));
        String text = visible(line);
        out.append(text.isEmpty() ? "" : " ").append(text).append('\n');
    }

    private void underline(Mark mark, StringBuilder out) {
        int line = mark.span().line();
        String text = file.lineText(line);
        int lineStart = file.lineStarts()[line - 1];
        int from = Math.min(mark.span().start() - lineStart, text.length());
        int to = Math.clamp(mark.span().end() - lineStart, from, text.length());
        int shift = cut(line);
        int column = width(text, Math.min(shift, from), from) + (shift > 0 ? 1 : 0);
        int length = Math.clamp(width(text, from, to), 1, WIDTH);
        String strokes = (mark.primary() ? "^" : "-").repeat(length) + (mark.text().isEmpty() ? "" : " " + mark.text());
        out.append(paint.frame(margin + "  |")).append(' ').append(" ".repeat(column));
        out.append(mark.primary() ? paint.severity(severity, strokes) : paint.secondary(strokes)).append('\n');
    }

    // A very long line is shown from a little before its first mark.
    private int cut(int line) {
        int first = marks.stream().filter(m -> m.span().line() == line).findFirst().orElseThrow().span().start() - file.lineStarts()[line - 1];
        return first < WIDTH - 40 ? 0 : first - 40;
    }

    private String visible(int line) {
        String text = file.lineText(line);
        int from = Math.min(cut(line), text.length());
        int to = Math.min(text.length(), from + WIDTH);
        String piece = text.substring(from, to).replace("\t", "    ");
        return (from > 0 ? "…" : "") + piece + (to < text.length() ? "…" : "");
    }

    private static int width(String text, int from, int to) {
        int tabs = (int) text.substring(from, to).chars().filter(c -> c == '\t').count();
        return text.codePointCount(from, to) + 3 * tabs;
    }
}
