package org.pellang.cli.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.pellang.compiler.diagnostic.Diagnostic;

/**
 * Diagnostics for people: the message, the source lines with the places underlined, why, and the fix.
 *
 * @param color whether to use ANSI colours
 */
public record HumanReport(boolean color) implements Report {

    @Override
    public void write(List<Diagnostic> diagnostics, PrintStream to) {
        StringBuilder out = new StringBuilder();
        diagnostics.forEach(d -> one(d, out));
        summary(diagnostics, out);
        to.print(out);
        to.flush();
    }

    private void one(Diagnostic d, StringBuilder out) {
        String severity = d.severity().name().toLowerCase(Locale.ROOT);
        Paint paint = new Paint(color);
        out.append(paint.severity(d.severity(), severity + "[" + d.code() + "]"))
                .append(paint.bold(": " + d.message()))
                .append('\n');
        List<SourceExcerpt.Mark> marks = new ArrayList<>();
        marks.add(new SourceExcerpt.Mark(d.primary(), d.primaryLabel() == null ? "" : d.primaryLabel(), true));
        d.labels().forEach(l -> marks.add(new SourceExcerpt.Mark(l.span(), l.text(), false)));
        // The file of the primary span first, then the others by name.
        marks.stream().map(m -> m.span().file()).distinct().sorted(Comparator.comparing(f -> f != d.primary().file())).forEach(file -> {
            List<SourceExcerpt.Mark> here = marks.stream().filter(m -> m.span().file() == file).toList();
            new SourceExcerpt(here, paint, d.severity()).append(out);
        });
        d.notes().forEach(note -> out.append(paint.frame("  = ")).append(paint.bold("note")).append(": ").append(note).append('\n'));
        d.fixes().forEach(fix -> fix(fix, paint, out));
        out.append('\n');
    }

    private static void fix(Diagnostic.Fix fix, Paint paint, StringBuilder out) {
        out.append(paint.frame("  = ")).append(paint.bold("help")).append(": ").append(fix.title());
        if (fix.edits().size() == 1 && !fix.edits().getFirst().replacement().isBlank()) {
            out.append(": `").append(fix.edits().getFirst().replacement().strip()).append('`');
        }
        out.append('\n');
    }

    private static void summary(List<Diagnostic> diagnostics, StringBuilder out) {
        long errors = diagnostics.stream().filter(Diagnostic::isError).count();
        if (errors > 0) {
            String first = diagnostics.stream().filter(Diagnostic::isError).findFirst().orElseThrow().code();
            out.append(errors == 1 ? "1 error" : errors + " errors").append("; `pel explain ").append(first).append("` says more\n");
        }
    }
}
