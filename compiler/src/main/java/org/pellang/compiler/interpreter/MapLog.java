package org.pellang.compiler.interpreter;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.Span;

/** Which iteration of a divided loop read and changed which key of one map. */
final class MapLog {
    private static final int MANY = -1;

    private static final class Marks {
        int reader;
        int writer;
        int updater;
        @Nullable String operator;
    }

    private final List<MapValue> copies;
    private final Map<Object, Marks> marks = new TreeMap<>(Values::compare);
    private int wholeReader;

    MapLog(List<MapValue> copies) {
        this.copies = copies;
    }

    /** The map, or the copies of all ranks. */
    List<MapValue> copies() {
        return copies;
    }

    /** {@code key} null: all of the map. */
    void read(@Nullable Object key, int iteration, Span span) {
        int me = iteration + 1;
        if (key == null) {
            marks.values().forEach(m -> clash(other(m.writer, me) || other(m.updater, me), "reads a map that another iteration changes", me, span));
            wholeReader = wholeReader == 0 || wholeReader == me ? me : MANY;
            return;
        }
        Marks m = of(key);
        clash(other(m.writer, me) || other(m.updater, me), "reads a key that another iteration changes", me, span);
        m.reader = m.reader == 0 || m.reader == me ? me : MANY;
    }

    void write(Object key, int iteration, Span span, boolean unique) {
        int me = iteration + 1;
        Marks m = of(key);
        if (unique && other(m.writer, me)) {
            throw new Trap(span, "two iterations write one key: it is not unique");
        }
        clash(other(m.writer, me) || other(m.updater, me) || other(m.reader, me) || other(wholeReader, me), "writes a key that another iteration touches", me, span);
        m.writer = me;
    }

    void update(Object key, int iteration, String operator, Span span) {
        int me = iteration + 1;
        Marks m = of(key);
        boolean mixed = other(m.updater, me) && !operator.equals(m.operator);
        clash(mixed || other(m.writer, me) || other(m.reader, me) || other(wholeReader, me), "updates a key that another iteration touches otherwise", me, span);
        m.operator = operator;
        m.updater = m.updater == 0 || m.updater == me ? me : MANY;
    }

    private Marks of(Object key) {
        return marks.computeIfAbsent(key, k -> new Marks());
    }

    private static boolean other(int mark, int me) {
        return mark != 0 && mark != me;
    }

    private static void clash(boolean wrong, String what, int me, Span span) {
        if (wrong) {
            throw new InterpreterFault(InterpreterFault.Kind.RACE, span, "iteration " + me + " " + what);
        }
    }
}
