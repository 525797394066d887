package org.pellang.stdlib;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;

/**
 * Text of values: {@code "{expr:spec}"} with Python's format mini-language, and the form without a specification.
 * Widths count code points. A malformed specification, or one that does not fit the value, throws {@link PelTrap}.
 */
public final class Format {
    private Format() {}

    /** {@code value} by {@code spec}; types {@code b c d o x X n} and the float types after exact-to-nearest conversion. */
    public static String format(long value, String spec) {
        return spec.isEmpty() ? Long.toString(value) : NumberText.ofLong(value, FormatSpec.parse(spec).forNumber());
    }

    /** {@code value} by {@code spec}; types {@code e E f F g G n %} or none; rounds the exact binary value half to even. */
    public static String format(double value, String spec) {
        return spec.isEmpty() ? repr(value) : NumberText.ofDouble(value, FormatSpec.parse(spec).forNumber(), repr(value));
    }

    /** A float32 value: without precision and type its shortest 32-bit form. */
    public static String format(float value, String spec) {
        return spec.isEmpty() ? repr(value) : NumberText.ofDouble(value, FormatSpec.parse(spec).forNumber(), repr(value));
    }

    /** {@code value} by {@code spec}; type {@code s} or none; the precision cuts. */
    public static String format(String value, String spec) {
        return spec.isEmpty() ? value : text(value, FormatSpec.parse(spec).forText());
    }

    /** {@code true} or {@code false} as text; with a number's type 1 or 0. */
    public static String format(boolean value, String spec) {
        FormatSpec parsed = FormatSpec.parse(spec);
        return parsed.type() == 0 || parsed.type() == 's'
                ? text(Boolean.toString(value), parsed.forText())
                : NumberText.ofLong(value ? 1 : 0, parsed.forNumber());
    }

    /**
     * Any value. In compound values sign, grouping, precision and type apply to the floats within, fill and width to
     * the whole: {@code "{z:.2f}"} of a complex gives {@code (1.00+2.00i)}.
     */
    public static String format(Object value, String spec) {
        return switch (value) {
            case Long number -> format(number.longValue(), spec);
            case Double number -> format(number.doubleValue(), spec);
            case Float number -> format(number.floatValue(), spec);
            case Boolean flag -> format(flag.booleanValue(), spec);
            case String string -> format(string, spec);
            default -> spec.isEmpty() ? Show.top(value) : compound(value, FormatSpec.parse(spec));
        };
    }

    /** Text of any value as {@code print} writes it: a string as it is, floats in shortest form. */
    public static String show(Object value) {
        return value instanceof String text ? text : Show.top(value);
    }

    /** See {@link #show(Object)}. */
    public static String show(long value) {
        return Long.toString(value);
    }

    /** See {@link #show(Object)}. */
    public static String show(double value) {
        return repr(value);
    }

    /** See {@link #show(Object)}. */
    public static String show(float value) {
        return repr(value);
    }

    /** See {@link #show(Object)}. */
    public static String show(boolean value) {
        return Boolean.toString(value);
    }

    /** Shortest text that reads back as the same float, as Python's {@code repr}: 0.1, 1e-06, 3.0, 1e+16, inf, nan. */
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        double size = Math.abs(value);
        String text = size == Double.POSITIVE_INFINITY ? "inf" : FloatText.shortest(size);
        return NumberText.isNegative(value) ? "-" + text : text;
    }

    /** As {@link #repr(double)}, for a 32-bit float. */
    public static String repr(float value) {
        if (Float.isNaN(value)) {
            return "nan";
        }
        float size = Math.abs(value);
        String text = size == Float.POSITIVE_INFINITY ? "inf" : FloatText.shortest(size);
        return NumberText.isNegative(value) ? "-" + text : text;
    }

    /**
     * What is wrong with {@code spec} for a value of {@code kind} ({@code i} int, {@code f} float, {@code s} string,
     * {@code b} bool, {@code o} compound), or null.
     */
    public static @Nullable String check(String spec, char kind) {
        try {
            switch (kind) {
                case 'i' -> format(1L, spec);
                case 'f' -> format(1.0, spec);
                case 's' -> format("", spec);
                case 'b' -> format(true, spec);
                default -> {
                    format(1.0, spec);
                    pad("", FormatSpec.parse(spec).forText());
                }
            }
            return null;
        } catch (PelTrap trap) {
            return trap.getMessage();
        }
    }

    private static String compound(Object value, FormatSpec spec) {
        if (spec.type() == 's') {
            return text(Show.top(value), spec.forText());
        }
        return pad(Show.with(value, spec.withoutWidth()), spec.forText());
    }

    private static String text(String value, FormatSpec spec) {
        if (spec.type() != 0 && spec.type() != 's') {
            throw new PelTrap("format type '" + spec.type() + "' does not fit a string");
        }
        if (spec.sign() != 0 || spec.alternate() || spec.noNegativeZero() || spec.grouping() != 0) {
            throw new PelTrap("sign, 'z', '#' and grouping do not fit a string");
        }
        boolean cut = spec.precision() >= 0 && spec.precision() < value.codePointCount(0, value.length());
        return pad(cut ? value.substring(0, value.offsetByCodePoints(0, spec.precision())) : value, spec);
    }

    private static String pad(String value, FormatSpec spec) {
        if (spec.align() == '=') {
            throw new PelTrap("alignment '=' fits numbers only");
        }
        return spec.pad("", value, '<');
    }
}
