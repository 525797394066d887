package org.pellang.stdlib;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Complex;
import org.pellang.runtime.value.PelList;
import org.pellang.runtime.value.PelMap;
import org.pellang.runtime.value.Vec2;
import org.pellang.runtime.value.Vec3;
import org.pellang.runtime.value.Vec4;

/**
 * Compound values as PEL writes them: {@code (1, 2.0)}, {@code [[1, 2], [3, 4]]}, {@code Near(d=0.5, c=3)},
 * {@code vec3(1.0, 2.0, 3.0)}, {@code (1.0+2.0i)}; strings within them as literals.
 */
final class Show {
    private static final String TUPLE = "Tuple";

    private final StringBuilder out = new StringBuilder();
    private final @Nullable FormatSpec floats;

    private Show(@Nullable FormatSpec floats) {
        this.floats = floats;
    }

    /** Text of {@code value}; a string becomes a literal. */
    static String top(Object value) {
        Show show = new Show(null);
        show.value(value);
        return show.out.toString();
    }

    /** As {@link #top}, with every float written by {@code spec}. */
    static String with(Object value, FormatSpec spec) {
        Show show = new Show(spec);
        show.value(value);
        return show.out.toString();
    }

    private void value(Object value) {
        switch (value) {
            case Double number -> number(number);
            case Float number -> number(number);
            case String text -> literal(text);
            case Complex z -> complex(z);
            case Vec2(double x, double y) -> vector("vec2", x, y);
            case Vec3(double x, double y, double z) -> vector("vec3", x, y, z);
            case Vec4(double x, double y, double z, double w) -> vector("vec4", x, y, z, w);
            case PelList<?> list -> list(list);
            case PelMap<?, ?> map -> map(map);
            case PelArray array -> array(array);
            case Record row -> row(row);
            default -> out.append(value);
        }
    }

    private void number(double x) {
        out.append(floats == null ? Format.repr(x) : NumberText.ofDouble(x, floats, Format.repr(x)));
    }

    private void number(float x) {
        out.append(floats == null ? Format.repr(x) : NumberText.ofDouble(x, floats, Format.repr(x)));
    }

    private void complex(Complex z) {
        out.append('(');
        number(z.re());
        boolean minus = NumberText.isNegative(z.im());
        out.append(minus ? '-' : '+');
        number(minus ? -z.im() : z.im());
        out.append("i)");
    }

    private void vector(String name, double... parts) {
        out.append(name).append('(');
        for (int i = 0; i < parts.length; i++) {
            separate(i);
            number(parts[i]);
        }
        out.append(')');
    }

    private void list(PelList<?> list) {
        out.append('[');
        for (long i = 0; i < list.size(); i++) {
            separate(i);
            value(list.get(i));
        }
        out.append(']');
    }

    private void map(PelMap<?, ?> map) {
        out.append('{');
        int k = 0;
        for (Map.Entry<?, ?> entry : map.sorted()) {
            separate(k++);
            value(entry.getKey());
            out.append(": ");
            value(entry.getValue());
        }
        out.append('}');
    }

    private void array(PelArray array) {
        brackets(array, Elements.positions(array), 0, 0, Elements.count(array));
    }

    private void brackets(PelArray array, int[] positions, int axis, int from, int to) {
        out.append('[');
        int parts = Math.toIntExact(array.length(axis));
        int each = parts == 0 ? 0 : (to - from) / parts;
        for (int i = 0; i < parts; i++) {
            separate(i);
            if (axis + 1 < array.axes()) {
                brackets(array, positions, axis + 1, from + i * each, from + (i + 1) * each);
            } else {
                value(array.get(positions[from + i]));
            }
        }
        out.append(']');
    }

    private void row(Record row) {
        Class<?> type = row.getClass();
        boolean tuple = type.getSimpleName().startsWith(TUPLE);
        out.append(tuple ? "" : fieldName(type.getSimpleName())).append('(');
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            separate(i);
            if (!tuple) {
                out.append(fieldName(components[i].getName())).append('=');
            }
            value(component(row, components[i]));
        }
        out.append(tuple && components.length == 1 ? ",)" : ")");
    }

    /** A PEL field or record whose name Java needs for itself carries an underscore at its end in Java. */
    private static String fieldName(String javaName) {
        return javaName.endsWith("_") ? javaName.substring(0, javaName.length() - 1) : javaName;
    }

    static Object component(Record row, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new PelTrap("cannot read field " + component.getName() + " of " + row.getClass().getSimpleName() + ": " + e);
        }
    }

    private void separate(long index) {
        if (index > 0) {
            out.append(", ");
        }
    }

    private void literal(String text) {
        out.append('"');
        text.codePoints().forEach(this::escaped);
        out.append('"');
    }

    private void escaped(int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case '{' -> out.append("{{");
            case '}' -> out.append("}}");
            default -> out.appendCodePoint(c);
        }
    }
}
