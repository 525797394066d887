package org.pellang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** Messages for people, in the manner of rustc: source lines with underlined places, notes, and repairs. */
public final class HumanRenderer {
    private static final int LONGEST_LINE = 200;

    private final boolean colour;

    /** {@code colour}: with ANSI escapes. */
    public HumanRenderer(boolean colour) {
        this.colour = colour;
    }

    /** All messages, separated by empty lines, and a last line that counts errors and warnings; empty if there are none. */
    public String render(List<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            out.append(render(diagnostic)).append('\n');
        }
        long errors = diagnostics.stream().filter(Diagnostic::isError).count();
        long warnings = diagnostics.stream().filter(d -> d.severity() == Diagnostic.Severity.WARNING).count();
        if (errors + warnings > 0) {
            out.append(count(errors, "error"))
                    .append(errors > 0 && warnings > 0 ? ", " : "")
                    .append(count(warnings, "warning"))
                    .append('\n');
        }
        return out.toString();
    }

    private static String count(long n, String what) {
        return n == 0 ? "" : n + " " + what + (n == 1 ? "" : "s");
    }

    /** One message, several lines, each ended. */
    public String render(Diagnostic diagnostic) {
        Paint paint = Paint.of(diagnostic.severity());
        String severity = diagnostic.severity().name().toLowerCase(java.util.Locale.ROOT);
        StringBuilder out = new StringBuilder();
        out.append(paint.on(severity + "[" + diagnostic.code() + "]", colour))
                .append(Paint.BOLD.on(": " + diagnostic.message(), colour))
                .append('\n');
        Map<SourceFile, TreeMap<Integer, List<Marks.Mark>>> files = marks(diagnostic);
        int margin = margin(files, diagnostic);
        boolean first = true;
        for (Map.Entry<SourceFile, TreeMap<Integer, List<Marks.Mark>>> file : files.entrySet()) {
            place(out, margin, first, file.getKey(), first ? diagnostic.primary() : null, file.getValue());
            snippet(out, margin, file.getKey(), file.getValue(), paint);
            first = false;
        }
        boolean more = !diagnostic.notes().isEmpty() || !diagnostic.fixes().isEmpty();
        if (more) {
            out.append(frame(margin, "|")).append('\n');
        }
        for (String note : diagnostic.notes()) {
            String indented = note.replace("\n", "\n" + " ".repeat(margin + 9));
            out.append(frame(margin, "=")).append(' ').append(Paint.BOLD.on("note", colour)).append(": ").append(indented).append('\n');
        }
        for (Diagnostic.Fix fix : diagnostic.fixes()) {
            out.append(frame(margin, "=")).append(' ').append(Paint.HELP.on("help", colour)).append(": ").append(fix.title()).append('\n');
            patched(out, margin, fix);
        }
        return out.toString();
    }

    private static Map<SourceFile, TreeMap<Integer, List<Marks.Mark>>> marks(Diagnostic diagnostic) {
        Map<SourceFile, TreeMap<Integer, List<Marks.Mark>>> files = new LinkedHashMap<>();
        mark(files, diagnostic.primary(), true, diagnostic.primaryLabel());
        for (Diagnostic.Label label : diagnostic.labels()) {
            mark(files, label.span(), false, label.text());
        }
        return files;
    }

    /** A piece of several lines is underlined on its first and last line and labelled at the last. */
    private static void mark(
            Map<SourceFile, TreeMap<Integer, List<Marks.Mark>>> files, Span span, boolean primary, @Nullable String label) {
        SourceFile file = span.file();
        int firstLine = file.line(span.start());
        int lastLine = file.line(Math.max(span.start(), span.end() - 1));
        TreeMap<Integer, List<Marks.Mark>> lines = files.computeIfAbsent(file, f -> new TreeMap<>());
        String first = file.lineText(firstLine);
        int from = column(file, firstLine, span.start());
        if (firstLine == lastLine) {
            add(lines, firstLine, from, Math.max(from + 1, column(file, firstLine, span.end())), primary, label);
            return;
        }
        add(lines, firstLine, from, Math.max(from + 1, DisplayWidth.of(first)), primary, null);
        String last = file.lineText(lastLine);
        int indent = DisplayWidth.of(last.substring(0, last.length() - last.stripLeading().length()));
        add(lines, lastLine, indent, Math.max(indent + 1, column(file, lastLine, span.end())), primary, label);
    }

    private static void add(
            TreeMap<Integer, List<Marks.Mark>> lines, int line, int from, int to, boolean primary, @Nullable String label) {
        lines.computeIfAbsent(line, l -> new ArrayList<>()).add(new Marks.Mark(from, to, primary, label));
    }

    private static int column(SourceFile file, int line, int offset) {
        int start = file.lineStarts()[line - 1];
        int end = Math.clamp(offset, start, start + file.lineText(line).length() + 1);
        return DisplayWidth.of(file.text().substring(start, Math.min(end, file.text().length())).replaceAll("[\\r\\n]+$", ""));
    }

    private static int margin(Map<SourceFile, TreeMap<Integer, List<Marks.Mark>>> files, Diagnostic diagnostic) {
        int largest = files.values().stream().mapToInt(TreeMap::lastKey).max().orElse(1);
        for (Diagnostic.Fix fix : diagnostic.fixes()) {
            for (Diagnostic.Edit edit : fix.edits()) {
                largest = Math.max(largest, edit.span().line());
            }
        }
        return Integer.toString(largest).length();
    }

    private String frame(int margin, String mark) {
        return " ".repeat(margin + 1) + Paint.FRAME.on(mark, colour);
    }

    private void place(
            StringBuilder out,
            int margin,
            boolean first,
            SourceFile file,
            @Nullable Span at,
            TreeMap<Integer, List<Marks.Mark>> lines) {
        String where = at == null ? file.name() + ":" + lines.firstKey() : at.toString();
        out.append(" ".repeat(margin)).append(Paint.FRAME.on(first ? "-->" : ":::", colour)).append(' ').append(where).append('\n');
    }

    private void snippet(
            StringBuilder out, int margin, SourceFile file, TreeMap<Integer, List<Marks.Mark>> lines, Paint paint) {
        out.append(frame(margin, "|")).append('\n');
        int before = lines.firstKey() - 1;
        for (Map.Entry<Integer, List<Marks.Mark>> entry : lines.entrySet()) {
            int line = entry.getKey();
            if (line == before + 2) {
                sourceLine(out, margin, line - 1, file.lineText(line - 1), 0);
            } else if (line > before + 2) {
                out.append(Paint.FRAME.on("...", colour)).append('\n');
            }
            List<Marks.Mark> places = entry.getValue();
            int hidden = hidden(file.lineText(line), places);
            sourceLine(out, margin, line, file.lineText(line), hidden);
            List<Marks.Mark> visible = hidden == 0 ? places : places.stream().map(m -> m.movedLeft(hidden - 1, LONGEST_LINE)).toList();
            for (String marks : new Marks(visible, paint, colour).lines()) {
                out.append(frame(margin, "|")).append(' ').append(marks.stripTrailing()).append('\n');
            }
            before = line;
        }
    }

    /** Columns at the left of a very long line that are not shown, so that its marked place is. */
    private static int hidden(String text, List<Marks.Mark> places) {
        int last = places.stream().filter(Marks.Mark::primary).findFirst().orElse(places.getFirst()).start();
        return text.length() > LONGEST_LINE && last > LONGEST_LINE / 2 ? last - LONGEST_LINE / 2 : 0;
    }

    private void sourceLine(StringBuilder out, int margin, int line, String text, int hidden) {
        String number = Integer.toString(line);
        String shown = hidden == 0 ? DisplayWidth.shown(text) : "…" + DisplayWidth.from(text, hidden);
        boolean tooLong = shown.codePointCount(0, shown.length()) > LONGEST_LINE;
        String cut = tooLong ? shown.substring(0, shown.offsetByCodePoints(0, LONGEST_LINE)) + "…" : shown;
        out.append(Paint.FRAME.on(" ".repeat(margin - number.length()) + number + " |", colour))
                .append(cut.isEmpty() ? "" : " " + cut)
                .append('\n');
    }

    /** Shows the line as it would be, when the repair concerns one line only. */
    private void patched(StringBuilder out, int margin, Diagnostic.Fix fix) {
        if (fix.edits().size() != 1) {
            return;
        }
        Diagnostic.Edit edit = fix.edits().get(0);
        Span span = edit.span();
        SourceFile file = span.file();
        int line = span.line();
        boolean single = file.line(Math.max(span.start(), span.end() - 1)) == line && !edit.replacement().contains("\n");
        if (!single || edit.replacement().isEmpty()) {
            return;
        }
        int start = file.lineStarts()[line - 1];
        String text = file.lineText(line);
        int from = Math.min(span.start() - start, text.length());
        int to = Math.clamp(span.end() - start, from, text.length());
        String before = text.substring(0, from);
        String after = before + edit.replacement() + text.substring(to);
        if (after.length() > LONGEST_LINE) {
            return;
        }
        int column = DisplayWidth.of(before);
        int width = DisplayWidth.of(before + edit.replacement()) - column;
        sourceLine(out, margin, line, after, 0);
        out.append(frame(margin, "|")).append(' ').append(" ".repeat(column)).append(Paint.HELP.on("~".repeat(Math.max(1, width)), colour)).append('\n');
    }
}
