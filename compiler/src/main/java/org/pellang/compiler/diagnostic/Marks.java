package org.pellang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines below one source line: underlines, and labels hung under them from right to left. */
final class Marks {
    /** One underlined piece: display columns, zero-based, {@code end} exclusive. */
    record Mark(int start, int end, boolean primary, @Nullable String label) {
        /** The mark {@code columns} further left, within {@code width} columns. */
        Mark movedLeft(int columns, int width) {
            int from = Math.clamp(start - columns, 0, width);
            return new Mark(from, Math.clamp(end - columns, from + 1, width + 1), primary, label);
        }
    }

    private final List<Mark> marks;
    private final Paint primary;
    private final boolean colour;

    Marks(List<Mark> marks, Paint primary, boolean colour) {
        this.marks = marks.stream().sorted(Comparator.comparingInt(Mark::start).thenComparing(m -> !m.primary())).toList();
        this.primary = primary;
        this.colour = colour;
    }

    List<String> lines() {
        List<Mark> hanging = new ArrayList<>(marks.stream().filter(m -> m.label() != null).toList());
        Mark last = marks.getLast();
        boolean beside = last.label() != null && marks.stream().allMatch(m -> m == last || m.end() <= last.start());
        List<String> lines = new ArrayList<>();
        String underline = underline();
        if (beside) {
            hanging.remove(last);
            lines.add(underline + " " + paint(last).on(text(last), colour));
        } else {
            lines.add(underline);
        }
        if (!hanging.isEmpty()) {
            lines.add(bars(hanging, null));
        }
        while (!hanging.isEmpty()) {
            Mark label = hanging.removeLast();
            lines.add(bars(hanging, label));
        }
        return lines;
    }

    private static String text(Mark mark) {
        return mark.label() == null ? "" : mark.label();
    }

    private Paint paint(Mark mark) {
        return mark.primary() ? primary : Paint.SECONDARY;
    }

    private String underline() {
        int width = marks.stream().mapToInt(Mark::end).max().orElse(0);
        Mark[] at = new Mark[width];
        for (int pass = 0; pass < 2; pass++) {
            for (Mark mark : marks) {
                for (int c = mark.start(); c < mark.end() && mark.primary() == (pass == 1); c++) {
                    at[c] = mark;
                }
            }
        }
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < width; ) {
            Mark mark = at[c];
            int end = c;
            while (end < width && at[end] == mark) {
                end++;
            }
            line.append(mark == null ? " ".repeat(end - c) : paint(mark).on((mark.primary() ? "^" : "-").repeat(end - c), colour));
            c = end;
        }
        return line.toString();
    }

    private String bars(List<Mark> hanging, @Nullable Mark label) {
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (Mark mark : hanging) {
            if (mark.start() >= column && (label == null || mark.start() < label.start())) {
                line.append(" ".repeat(mark.start() - column)).append(paint(mark).on("|", colour));
                column = mark.start() + 1;
            }
        }
        if (label != null) {
            line.append(" ".repeat(Math.max(0, label.start() - column))).append(paint(label).on(text(label), colour));
        }
        return line.toString();
    }
}
