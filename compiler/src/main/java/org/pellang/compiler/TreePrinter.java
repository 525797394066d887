package org.pellang.compiler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/** Prints trees of records for {@code --emit}: one line per node, children indented, positions left out. */
final class TreePrinter {
    private static final String INDENT = "  ";
    private static final int SHORT = 100;

    private final StringBuilder out = new StringBuilder();

    private TreePrinter() {}

    static String print(Object tree) {
        TreePrinter printer = new TreePrinter();
        printer.node("", tree, 0);
        return printer.out.toString();
    }

    private void node(String label, @Nullable Object value, int depth) {
        String flat = flat(value);
        if (flat != null && flat.length() + label.length() < SHORT) {
            line(label + flat, depth);
            return;
        }
        switch (value) {
            case null -> line(label + "none", depth);
            case List<?> list -> {
                line(label + "[" + list.size() + "]", depth);
                list.forEach(item -> node("", item, depth + 1));
            }
            case Map<?, ?> map -> {
                line(label + "{" + map.size() + "}", depth);
                map.values().forEach(item -> node("", item, depth + 1));
            }
            case Record record -> {
                line(label + record.getClass().getSimpleName(), depth);
                for (RecordComponent c : record.getClass().getRecordComponents()) {
                    Object part = get(record, c);
                    if (!(part instanceof Span) && !(part instanceof SourceFile)) {
                        node(c.getName() + ": ", part, depth + 1);
                    }
                }
            }
            default -> line(label + value, depth);
        }
    }

    private void line(String text, int depth) {
        out.append(INDENT.repeat(depth)).append(text).append('\n');
    }

    /** The value in one line, or null if it has structure worth lines of its own. */
    private static @Nullable String flat(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Type type -> type.toString();
            case Var v -> v.toString();
            case String s -> '"' + s.replace("\n", "\\n") + '"';
            case List<?> list -> {
                StringBuilder text = new StringBuilder("[");
                for (Object item : list) {
                    String flat = flat(item);
                    if (flat == null || text.length() > SHORT) {
                        yield null;
                    }
                    text.append(text.length() > 1 ? ", " : "").append(flat);
                }
                yield text.append(']').toString();
            }
            case Map<?, ?> map -> map.isEmpty() ? "{}" : null;
            case Record record -> {
                StringBuilder text = new StringBuilder(record.getClass().getSimpleName()).append('(');
                for (RecordComponent c : record.getClass().getRecordComponents()) {
                    Object part = get(record, c);
                    if (part instanceof Span || part instanceof SourceFile) {
                        continue;
                    }
                    String flat = flat(part);
                    if (flat == null || text.length() > SHORT) {
                        yield null;
                    }
                    text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ").append(flat);
                }
                yield text.append(')').toString();
            }
            default -> value.toString();
        };
    }

    private static @Nullable Object get(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
