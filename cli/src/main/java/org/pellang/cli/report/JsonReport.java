package org.pellang.cli.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;

/**
 * One JSON object per diagnostic and line: {@code code severity message span label labels notes fixes}; lines and columns count from 1,
 * columns in code points, the end being exclusive.
 */
public record JsonReport() implements Report {

    @Override
    public void write(List<Diagnostic> diagnostics, PrintStream to) {
        diagnostics.forEach(d -> to.println(json(d)));
    }

    private static String json(Diagnostic d) {
        String label = d.primaryLabel();
        return "{\"code\":" + text(d.code())
                + ",\"severity\":" + text(d.severity().name().toLowerCase(Locale.ROOT))
                + ",\"message\":" + text(d.message())
                + ",\"span\":" + json(d.primary())
                + ",\"label\":" + (label == null ? "null" : text(label))
                + ",\"labels\":" + array(d.labels(), l -> "{\"span\":" + json(l.span()) + ",\"text\":" + text(l.text()) + "}")
                + ",\"notes\":" + array(d.notes(), JsonReport::text)
                + ",\"fixes\":" + array(d.fixes(), JsonReport::json)
                + "}";
    }

    private static String json(Diagnostic.Fix fix) {
        return "{\"title\":" + text(fix.title())
                + ",\"edits\":" + array(fix.edits(), e -> "{\"span\":" + json(e.span()) + ",\"replacement\":" + text(e.replacement()) + "}")
                + "}";
    }

    private static String json(Span span) {
        int end = Math.max(span.start(), span.end());
        return "{\"file\":" + text(span.file().name())
                + ",\"line\":" + span.line() + ",\"column\":" + span.column()
                + ",\"endLine\":" + span.file().line(end) + ",\"endColumn\":" + span.file().column(end)
                + ",\"start\":" + span.start() + ",\"end\":" + end + "}";
    }

    private static <T> String array(List<T> elements, Function<T, String> json) {
        return elements.stream().map(json).collect(Collectors.joining(",", "[", "]"));
    }

    /** A JSON string. */
    public static String text(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
