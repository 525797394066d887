package org.pellang.compiler.format;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Program;
import org.pellang.compiler.syntax.TypeSyntax;

/**
 * What the formatter wants to know of the syntax tree. Walks the records by reflection and without recursion: every node counts, also those
 * that are still to be invented, however deep.
 */
final class Tree {
    private static final Object ABSENT = new Object();

    private final Set<Integer> statements = new HashSet<>();
    private final Set<Integer> names = new HashSet<>();
    private final Set<Integer> arrayTypes = new HashSet<>();
    private final StringBuilder shape = new StringBuilder();

    Tree(Program program) {
        Deque<Object> open = new ArrayDeque<>();
        open.push(program);
        while (!open.isEmpty()) {
            visit(open.pop(), open);
        }
    }

    /** Whether a statement, declaration, field or declared Java function begins at this offset. */
    boolean startsStatement(int offset) {
        return statements.contains(offset);
    }

    /** Whether the word at this offset is a name, though it may look like a keyword. */
    boolean isName(int offset) {
        return names.contains(offset);
    }

    /** Whether the bracket at this offset begins an array type. */
    boolean beginsArrayType(int offset) {
        return arrayTypes.contains(offset);
    }

    /** The tree as text without places: equal for programs that differ in white space and comments only. */
    String shape() {
        return shape.toString();
    }

    private void visit(Object node, Deque<Object> open) {
        switch (node) {
            case Span _, SourceFile _ -> {
                // where it stands is no part of the tree's shape
            }
            case Record r -> {
                note(r);
                shape.append(r.getClass().getSimpleName()).append('\n');
                RecordComponent[] parts = r.getClass().getRecordComponents();
                for (int i = parts.length - 1; i >= 0; i--) {
                    Object value = value(r, parts[i]);
                    open.push(value == null ? ABSENT : value);
                }
            }
            case List<?> list -> {
                shape.append('[').append(list.size()).append('\n');
                for (int i = list.size() - 1; i >= 0; i--) {
                    open.push(list.get(i));
                }
            }
            default -> shape.append(node == ABSENT ? "-" : node).append('\n');
        }
    }

    private void note(Record node) {
        switch (node) {
            case Item item -> statements.add(item.span().start());
            case Item.ExternFunction f -> statements.add(f.span().start());
            case Item.Field f -> statements.add(f.span().start());
            case Expr.Name n -> names.add(n.span().start());
            case Expr.Ident n -> names.add(n.span().start());
            case Expr.Member m -> names.add(m.nameSpan().start());
            case TypeSyntax.Array a -> arrayTypes.add(a.span().start());
            default -> {
                // other nodes do not matter to the layout
            }
        }
    }

    private static @Nullable Object value(Record node, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("accessors of our own records can be called", e);
        }
    }
}
