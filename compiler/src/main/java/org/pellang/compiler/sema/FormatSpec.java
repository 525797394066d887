package org.pellang.compiler.sema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;

/**
 * Python's format mini-language, checked against the type of the value
 * (<a href="https://docs.python.org/3/library/string.html#formatspec">formatspec</a>).
 */
final class FormatSpec {
    private static final Pattern SHAPE =
            Pattern.compile("(?s)(?:.?[<>=^])?([+\\- ]?)(z?)(#?)(0?)(\\d*)([,_]?)(\\.\\d+)?(.*)");
    private static final String INT_KINDS = "bcdoxXn";
    private static final String FLOAT_KINDS = "eEfFgGn%";

    private FormatSpec() {}

    /** What is wrong with {@code spec} for a value of that type, or null. */
    static @Nullable String problem(String spec, Type type) {
        Matcher m = SHAPE.matcher(spec);
        if (!m.matches() || m.group(8).length() > 1) {
            return "`" + spec + "` is no format specification";
        }
        String kind = m.group(8);
        boolean precision = m.group(7) != null;
        if (!kind.isEmpty() && (INT_KINDS + FLOAT_KINDS + "s").indexOf(kind.charAt(0)) < 0) {
            return "`" + kind + "` is no kind of format";
        }
        if (type.isError()) {
            return null;
        }
        if (type.isIntegral()) {
            return integer(kind, precision);
        }
        if (type == Scalar.FLOAT || type == Scalar.FLOAT32 || type == Scalar.COMPLEX) {
            boolean ok = kind.isEmpty() || FLOAT_KINDS.indexOf(kind.charAt(0)) >= 0;
            return ok && !(type == Scalar.COMPLEX && kind.equals("%")) ? null : "`" + kind + "` does not format " + Words.a(type);
        }
        if (type == Scalar.BOOL && (kind.isEmpty() || INT_KINDS.indexOf(kind.charAt(0)) >= 0)) {
            return integer(kind, precision);
        }
        if (!kind.equals("s") && holdsFloats(type)) {
            return kind.isEmpty() || FLOAT_KINDS.indexOf(kind.charAt(0)) >= 0 ? null : "`" + kind + "` does not format the floats of " + Words.a(type);
        }
        boolean number = !m.group(1).isEmpty() || !m.group(2).isEmpty() || !m.group(3).isEmpty() || !m.group(6).isEmpty();
        if (number || !(kind.isEmpty() || kind.equals("s"))) {
            return "`" + spec + "` formats numbers, this is " + Words.a(type);
        }
        return null;
    }

    /** Compound values with floats in them, which a specification for floats formats. */
    private static boolean holdsFloats(Type type) {
        return switch (type) {
            case Scalar t -> switch (t) {
                case FLOAT, FLOAT32, COMPLEX, VEC2, VEC3, VEC4 -> true;
                case INT, INT32, INT16, BYTE, BOOL, STRING, VOID, ERROR -> false;
            };
            case Type.Tuple t -> t.elements().stream().anyMatch(FormatSpec::holdsFloats);
            case Type.Record r -> r.fields().stream().anyMatch(f -> holdsFloats(f.type()));
            case Type.Array a -> holdsFloats(a.element());
            case Type.ListOf l -> holdsFloats(l.element());
            case Type.MapOf m -> holdsFloats(m.key()) || holdsFloats(m.value());
            case Type.Function _, Type.Domain _, Type.Channel _, Type.Future _, Type.Request _, Type.Team _ -> false;
        };
    }

    private static @Nullable String integer(String kind, boolean precision) {
        if (kind.equals("s")) {
            return "`s` formats strings, this is an int";
        }
        boolean asInt = kind.isEmpty() || INT_KINDS.indexOf(kind.charAt(0)) >= 0;
        return asInt && precision ? "a precision formats floats, this is an int" : null;
    }
}
