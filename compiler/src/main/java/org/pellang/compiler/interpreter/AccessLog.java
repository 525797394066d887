package org.pellang.compiler.interpreter;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** Which iteration of a divided loop read and wrote which element of one array; different components of an element are apart. */
final class AccessLog {
    private static final int MANY = -1;

    private final boolean ordered;
    private final ArrayValue[] copies;
    private final Map<String, Marks> marks = new HashMap<>();

    /** Iterations, counted from 1; 0: none yet. */
    private static final class Marks {
        final int[] reader;
        final int[] writer;
        final int[] updater;
        @Nullable String operator;

        Marks(int size) {
            reader = new int[size];
            writer = new int[size];
            updater = new int[size];
        }
    }

    /** @param ordered whether iterations may see what earlier ones wrote (a {@code wavefront}) */
    AccessLog(boolean ordered, ArrayValue... copies) {
        this.ordered = ordered;
        this.copies = copies;
    }

    /** The array, or the copies of all ranks. */
    ArrayValue[] copies() {
        return copies;
    }

    void read(int at, String path, int iteration, Span span) {
        int me = iteration + 1;
        for (Map.Entry<String, Marks> entry : marks.entrySet()) {
            if (overlap(path, entry.getKey())) {
                Marks m = entry.getValue();
                if (other(m.writer[at], me) || other(m.updater[at], me)) {
                    race(span, at, "reads what iteration " + (m.writer[at] + m.updater[at]) + " writes", me);
                }
            }
        }
        Marks own = own(path);
        own.reader[at] = own.reader[at] == 0 || own.reader[at] == me ? me : MANY;
    }

    /** {@code unique}: the program promised that no two iterations meet here. */
    void write(int at, String path, int iteration, Span span, boolean unique) {
        int me = iteration + 1;
        for (Map.Entry<String, Marks> entry : marks.entrySet()) {
            if (overlap(path, entry.getKey())) {
                Marks m = entry.getValue();
                if (unique && other(m.writer[at], me)) {
                    throw new Trap(span, "two iterations write one element: the subscript is not unique");
                }
                if (other(m.writer[at], me) || other(m.updater[at], me) || other(m.reader[at], me)) {
                    race(span, at, "writes what another iteration touches", me);
                }
            }
        }
        own(path).writer[at] = me;
    }

    /** An update: iterations may meet in it, with one operator. */
    void update(int at, String path, int iteration, String operator, Span span) {
        int me = iteration + 1;
        for (Map.Entry<String, Marks> entry : marks.entrySet()) {
            if (overlap(path, entry.getKey())) {
                Marks m = entry.getValue();
                boolean mixed = other(m.updater[at], me) && !Objects.equals(m.operator, operator);
                if (other(m.writer[at], me) || other(m.reader[at], me) || mixed) {
                    race(span, at, "updates what another iteration touches otherwise", me);
                }
            }
        }
        Marks own = own(path);
        own.operator = operator;
        own.updater[at] = own.updater[at] == 0 || own.updater[at] == me ? me : MANY;
    }

    private Marks own(String path) {
        return marks.computeIfAbsent(path, p -> new Marks(copies[0].data.length));
    }

    private static boolean other(int mark, int me) {
        return mark != 0 && mark != me;
    }

    private static boolean overlap(String a, String b) {
        return a.equals(b) || a.isEmpty() || b.isEmpty() || a.startsWith(b + ".") || b.startsWith(a + ".");
    }

    private void race(Span span, int at, String what, int me) {
        if (ordered) {
            return;
        }
        throw new InterpreterFault(
                InterpreterFault.Kind.RACE, span, "iteration " + me + " " + what + " (element " + at + " of " + copies[0].domain + ")");
    }
}
