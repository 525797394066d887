package org.pellang.compiler.interpreter;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;

/** Values as text; specifications are left to the standard library's formatter. */
final class Show {
    /** Fill and alignment; what formats numbers; width; the rest of what formats numbers. */
    private static final Pattern SPEC = Pattern.compile("(?s)(.?[<>=^])?([+\\- ]?z?#?)(\\d*)([,_]?(?:\\.\\d+)?.?)");

    private final ExternBridge library;
    private final @Nullable String spec;
    private final StringBuilder out = new StringBuilder();

    private Show(ExternBridge library, @Nullable String spec) {
        this.library = library;
        this.spec = spec;
    }

    /** As an interpolation prints it: strings plain on the outside, as literals inside. */
    static String show(ExternBridge library, Object value) {
        if (value instanceof String s) {
            return s;
        }
        Show show = new Show(library, null);
        show.value(value);
        return show.out.toString();
    }

    /** With a format specification; of compound values sign, grouping, precision and type format the floats, fill and width the whole. */
    static String format(ExternBridge library, Object value, String spec) {
        Matcher parts = SPEC.matcher(spec);
        if (value instanceof Number || value instanceof String || value instanceof Boolean || !parts.matches()) {
            return library.format(value, spec);
        }
        if (spec.endsWith("s")) {
            return library.format(show(library, value), spec);
        }
        String inner = parts.group(2) + parts.group(4);
        Show show = new Show(library, inner.isEmpty() ? null : inner);
        show.value(value);
        return library.format(show.out.toString(), (parts.group(1) == null ? "" : parts.group(1)) + parts.group(3));
    }

    private void value(Object value) {
        switch (value) {
            case Double x -> number(x);
            case Float x -> number(x);
            case String s -> literal(s);
            case ComplexValue z -> {
                boolean minus = Double.doubleToRawLongBits(z.im()) < 0 && !Double.isNaN(z.im());
                out.append('(');
                number(z.re());
                out.append(minus ? '-' : '+');
                number(minus ? -z.im() : z.im());
                out.append("i)");
            }
            case VectorValue v -> {
                out.append("vec").append(v.parts().length).append('(');
                for (int k = 0; k < v.parts().length; k++) {
                    out.append(k == 0 ? "" : ", ");
                    number(v.parts()[k]);
                }
                out.append(')');
            }
            case StructValue s -> struct(s);
            case ListValue l -> sequence(l.items);
            case MapValue m -> map(m);
            case ArrayValue a -> nested(a, 0, 0, a.data.length);
            default -> out.append(value);
        }
    }

    private void number(Object x) {
        out.append(spec != null ? library.format(x, spec) : x instanceof Float f ? FloatText.of(f) : FloatText.of((Double) x));
    }

    private void struct(StructValue s) {
        List<Type.Field> fields = s.type() instanceof Type.Record r ? r.fields() : List.of();
        out.append(s.type() instanceof Type.Record r ? r.name() : "").append('(');
        for (int k = 0; k < s.parts().length; k++) {
            out.append(k == 0 ? "" : ", ").append(fields.isEmpty() ? "" : fields.get(k).name() + "=");
            value(s.parts()[k]);
        }
        out.append(s.parts().length == 1 && fields.isEmpty() ? ",)" : ")");
    }

    private void sequence(List<Object> items) {
        out.append('[');
        for (int k = 0; k < items.size(); k++) {
            out.append(k == 0 ? "" : ", ");
            value(items.get(k));
        }
        out.append(']');
    }

    private void map(MapValue m) {
        out.append('{');
        int[] k = {0};
        m.entries.forEach((key, value) -> {
            out.append(k[0]++ == 0 ? "" : ", ");
            value(key);
            out.append(": ");
            value(value);
        });
        out.append('}');
    }

    private void nested(ArrayValue a, int axis, int from, int to) {
        if (axis == a.domain.axes() - 1) {
            sequence(List.of(a.data).subList(from, to));
            return;
        }
        int parts = Math.toIntExact(a.domain.extent(axis));
        int each = parts == 0 ? 0 : (to - from) / parts;
        out.append('[');
        for (int k = 0; k < parts; k++) {
            out.append(k == 0 ? "" : ", ");
            nested(a, axis + 1, from + k * each, from + (k + 1) * each);
        }
        out.append(']');
    }

    private void literal(String text) {
        out.append('"');
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            out.append(switch (c) {
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                case '\n' -> "\\n";
                case '\t' -> "\\t";
                case '\r' -> "\\r";
                case '{' -> "{{";
                case '}' -> "}}";
                default -> String.valueOf(c);
            });
        }
        out.append('"');
    }
}
