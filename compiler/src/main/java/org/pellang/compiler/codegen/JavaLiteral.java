package org.pellang.compiler.codegen;

import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** Java literals. */
public final class JavaLiteral {
    private JavaLiteral() {}

    /** A long constant; in parentheses where a minus sign would bind wrongly is the caller's matter. */
    public static JavaExpr of(long value) {
        return value == Long.MIN_VALUE
                ? JavaExpr.stable("Long.MIN_VALUE")
                : new JavaExpr(value + "L", value < 0 ? JavaExpr.UNARY : JavaExpr.PRIMARY, true);
    }

    /** A double constant with the same bits. */
    public static JavaExpr of(double value) {
        if (Double.isNaN(value)) {
            return JavaExpr.stable("Double.NaN");
        }
        if (Double.isInfinite(value)) {
            return JavaExpr.stable(value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY");
        }
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        return new JavaExpr(Double.toString(value), negative ? JavaExpr.UNARY : JavaExpr.PRIMARY, true);
    }

    /** A float constant with the same bits. */
    public static JavaExpr of(float value) {
        if (Float.isNaN(value)) {
            return JavaExpr.stable("Float.NaN");
        }
        if (Float.isInfinite(value)) {
            return JavaExpr.stable(value > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY");
        }
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        return new JavaExpr(value + "f", negative ? JavaExpr.UNARY : JavaExpr.PRIMARY, true);
    }

    /** A constant of the typed tree. */
    public static JavaExpr of(TExpr.Constant constant) {
        return switch (constant.value()) {
            case Long l -> of(l.longValue());
            case Double d when constant.type() == Type.Scalar.FLOAT32 -> of(d.floatValue());
            case Double d -> of(d.doubleValue());
            case Float f -> of(f.floatValue());
            case Boolean b -> of(b.booleanValue());
            case String s -> JavaExpr.stable(string(s));
            default -> throw new CompilerBug("constant of class " + constant.value().getClass());
        };
    }

    public static JavaExpr of(boolean value) {
        return JavaExpr.stable(Boolean.toString(value));
    }

    /** A string in quotes; what is not printable ASCII as escapes. */
    public static String string(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c >= 32 && c < 127) {
                        out.append(c);
                    } else {
                        out.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
