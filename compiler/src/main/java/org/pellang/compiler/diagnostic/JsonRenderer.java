package org.pellang.compiler.diagnostic;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/**
 * Messages for programs: one JSON object per line with {@code code severity message file line column endLine endColumn label
 * labels notes fixes}. Lines and columns count from one, columns in code points, the end is exclusive.
 */
public final class JsonRenderer {
    /** All messages, one line each. */
    public String render(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(d -> render(d) + "\n").collect(Collectors.joining());
    }

    /** One message without line end. */
    public String render(Diagnostic d) {
        return "{" + field("code", d.code())
                + "," + field("severity", d.severity().name().toLowerCase(java.util.Locale.ROOT))
                + "," + field("message", d.message())
                + "," + place(d.primary())
                + (d.primaryLabel() == null ? "" : "," + field("label", d.primaryLabel()))
                + ",\"labels\":" + array(d.labels(), l -> "{" + place(l.span()) + "," + field("text", l.text()) + "}")
                + ",\"notes\":" + array(d.notes(), JsonRenderer::quoted)
                + ",\"fixes\":" + array(d.fixes(), JsonRenderer::fix) + "}";
    }

    private static String fix(Diagnostic.Fix fix) {
        return "{" + field("title", fix.title()) + ",\"edits\":"
                + array(fix.edits(), e -> "{" + place(e.span()) + "," + field("replacement", e.replacement()) + "}") + "}";
    }

    private static String place(Span span) {
        return field("file", span.file().name())
                + ",\"line\":" + span.line()
                + ",\"column\":" + span.column()
                + ",\"endLine\":" + span.file().line(span.end())
                + ",\"endColumn\":" + span.file().column(span.end());
    }

    private static <T> String array(List<T> list, java.util.function.Function<T, String> each) {
        return list.stream().map(each).collect(Collectors.joining(",", "[", "]"));
    }

    private static String field(String name, @Nullable String value) {
        return "\"" + name + "\":" + (value == null ? "null" : quoted(value));
    }

    /** A JSON string with its quotes. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean loneSurrogate = Character.isSurrogate(c) && !paired(text, i);
                    out.append(c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029' || loneSurrogate ? "\\u%04x".formatted((int) c) : c);
                }
            }
        }
        return out.append('"').toString();
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
