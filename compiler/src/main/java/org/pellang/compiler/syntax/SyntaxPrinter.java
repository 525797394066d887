package org.pellang.compiler.syntax;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/**
 * Prints a syntax tree for {@code --emit=ast}: one node per line with its place and simple parts, children indented. Walks the
 * records by reflection, so that every new node prints itself.
 */
public final class SyntaxPrinter {
    private final StringBuilder out = new StringBuilder();

    private SyntaxPrinter() {}

    /** The tree as text. */
    public static String print(Program program) {
        SyntaxPrinter printer = new SyntaxPrinter();
        printer.out.append("program").append(program.module() == null ? "" : " " + program.module()).append('\n');
        if (program.doc() != null) {
            printer.out.append("  doc ").append(quoted(program.doc())).append('\n');
        }
        for (Item item : program.items()) {
            printer.child(new Part("", item), 1);
        }
        return printer.out.toString();
    }

    private record Part(String name, @Nullable Object value) {}

    private void node(String label, Record node, int depth) {
        out.append("  ".repeat(depth)).append(label.isEmpty() ? "" : label + ": ").append(name(node));
        List<Part> children = new ArrayList<>();
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            Object value = value(node, component);
            switch (value) {
                case null -> {
                    // an absent part prints nothing
                }
                case SourceFile _ -> {
                    // known
                }
                case Span span -> {
                    if (component.getName().equals("span")) {
                        out.append(' ').append(place(span));
                    }
                }
                case Boolean flag -> out.append(flag ? " " + component.getName() : "");
                case Expr.Ident ident -> out.append(' ').append(ident.name());
                case String text -> out.append(' ').append(quoted(text));
                case Record child -> children.add(new Part(component.getName(), child));
                case List<?> list -> children.add(new Part(component.getName(), list));
                default -> out.append(' ').append(value);
            }
        }
        out.append('\n');
        for (Part child : children) {
            child(child, depth + 1);
        }
    }

    private void child(Part part, int depth) {
        switch (part.value()) {
            case Record r -> node(part.name(), r, depth);
            case List<?> list -> {
                for (Object element : list) {
                    if (element instanceof Record r) {
                        node(part.name(), r, depth);
                    }
                }
            }
            case null, default -> {
                // only records and lists of records are children
            }
        }
    }

    private static String name(Record node) {
        return node.getClass().getSimpleName();
    }

    private static String place(Span span) {
        SourceFile file = span.file();
        return span.line() + ":" + span.column() + "-" + (file.line(span.end()) == span.line() ? "" : file.line(span.end()) + ":")
                + file.column(span.end());
    }

    private static @Nullable Object value(Record node, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("accessors of our own records can be called", e);
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
    }
}
