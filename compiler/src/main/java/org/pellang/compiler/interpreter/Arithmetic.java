package org.pellang.compiler.interpreter;

import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TExpr.CompareOp;
import org.pellang.compiler.sema.typed.TExpr.UnaryOp;

/** Operators on scalar values. */
final class Arithmetic {
    private Arithmetic() {}

    static Object binary(BinaryOp op, Object left, Object right) {
        return switch (left) {
            case Long a -> ints(op, a, (Long) right);
            case Double a -> right instanceof VectorValue v ? vector(op, VectorValue.splat(v.parts().length, a), v) : floats(op, a, (Double) right);
            case Float a -> floats32(op, a, (Float) right);
            case Boolean a -> bools(op, a, (Boolean) right);
            case String a -> a + right;
            case ComplexValue a -> complex(op, a, (ComplexValue) right);
            case VectorValue a -> right instanceof Double s ? scaled(op, a, s) : vector(op, a, (VectorValue) right);
            default -> throw new IllegalStateException(op + " on " + left);
        };
    }

    private static long ints(BinaryOp op, long a, long b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case FLOOR_DIV -> {
                divisor(a, b, "//");
                yield Math.floorDiv(a, b);
            }
            case MOD -> {
                divisor(a, b, "%");
                yield Math.floorMod(a, b);
            }
            case POW -> power(a, b);
            case SHL -> places(b) > 63 ? 0 : a << b;
            case SHR -> a >> Math.min(63, places(b));
            case USHR -> places(b) > 63 ? 0 : a >>> b;
            case BIT_AND -> a & b;
            case BIT_OR -> a | b;
            case BIT_XOR -> a ^ b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case DIV -> throw new IllegalStateException("/ on ints");
        };
    }

    private static void divisor(long a, long b, String op) {
        if (b == 0) {
            throw new Trap(null, "integer division by zero: " + a + " " + op + " 0");
        }
    }

    private static long places(long n) {
        if (n < 0) {
            throw new Trap(null, "negative shift count " + n);
        }
        return n;
    }

    private static long power(long base, long exponent) {
        if (exponent < 0) {
            throw new Trap(null, "negative exponent of an int power: " + base + " ** " + exponent + "; use a float base");
        }
        long result = 1;
        long square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            result = (left & 1) == 1 ? result * square : result;
            square *= square;
        }
        return result;
    }

    private static double floats(BinaryOp op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case FLOOR_DIV -> floorDiv(a, b);
            case MOD -> floorMod(a, b);
            case POW -> throw new IllegalStateException("powers of floats go through the library");
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR -> throw new IllegalStateException(op + " on floats");
        };
    }

    /** Python's float {@code %}: the sign of the divisor. */
    private static double floorMod(double a, double b) {
        double rest = a % b;
        if (rest == 0.0) {
            return Math.copySign(0.0, b);
        }
        return (rest < 0.0) == (b < 0.0) ? rest : rest + b;
    }

    /** Python's float {@code //}; division by zero as {@code /}. */
    private static double floorDiv(double a, double b) {
        double quotient = (a - floorMod(a, b)) / b;
        if (b == 0.0) {
            return a / b;
        }
        if (quotient == 0.0) {
            return Math.copySign(0.0, a / b);
        }
        double floor = Math.floor(quotient);
        return Double.isFinite(quotient) && quotient - floor > 0.5 ? floor + 1.0 : floor;
    }

    private static float floats32(BinaryOp op, float a, float b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case FLOOR_DIV, MOD, POW -> (float) floats(op, a, b);
            case SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR -> throw new IllegalStateException(op + " on float32s");
        };
    }

    private static boolean bools(BinaryOp op, boolean a, boolean b) {
        return switch (op) {
            case BIT_AND, MIN -> a & b;
            case BIT_OR, MAX -> a | b;
            case BIT_XOR -> a ^ b;
            case ADD, SUB, MUL, DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR -> throw new IllegalStateException(op + " on bools");
        };
    }

    private static ComplexValue complex(BinaryOp op, ComplexValue a, ComplexValue b) {
        return switch (op) {
            case ADD -> a.plus(b);
            case SUB -> a.minus(b);
            case MUL -> a.times(b);
            case DIV -> a.over(b);
            case POW -> a.power(b);
            case FLOOR_DIV, MOD, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR, MIN, MAX -> throw new IllegalStateException(op + " on complex");
        };
    }

    private static VectorValue vector(BinaryOp op, VectorValue a, VectorValue b) {
        return a.with(b, (x, y) -> floats(op, x, y));
    }

    private static VectorValue scaled(BinaryOp op, VectorValue a, double s) {
        return a.with(s, (x, y) -> floats(op, x, y));
    }

    static Object unary(UnaryOp op, Object x) {
        return switch (op) {
            case NOT -> !(Boolean) x;
            case BIT_NOT -> ~(Long) x;
            case NEGATE -> switch (x) {
                case Long a -> -a;
                case Double a -> -a;
                case Float a -> -a;
                case ComplexValue a -> a.negated();
                case VectorValue a -> a.with(0.0, (p, zero) -> -p);
                default -> throw new IllegalStateException("- on " + x);
            };
        };
    }

    static boolean compare(CompareOp op, Object a, Object b) {
        return switch (op) {
            case EQ -> Values.equal(a, b);
            case NE -> !Values.equal(a, b);
            case LT, LE, GT, GE -> ordered(op, a, b);
        };
    }

    private static boolean ordered(CompareOp op, Object a, Object b) {
        if (a instanceof Double || a instanceof Float) {
            double x = ((Number) a).doubleValue();
            double y = ((Number) b).doubleValue();
            return op == CompareOp.LT ? x < y : op == CompareOp.LE ? x <= y : op == CompareOp.GT ? x > y : x >= y;
        }
        int order = Values.compare(a, b);
        return op == CompareOp.LT ? order < 0 : op == CompareOp.LE ? order <= 0 : op == CompareOp.GT ? order > 0 : order >= 0;
    }

    /** Conversion of a scalar; arrays go element by element through it. */
    static Object convert(Object x, Type target) {
        if (!(target instanceof Type.Scalar to)) {
            return x;
        }
        return switch (to) {
            case INT -> toInt(x);
            case INT32, INT16, BYTE -> stored(toInt(x), to);
            case FLOAT -> x instanceof Boolean b ? (b ? 1.0 : 0.0) : ((Number) x).doubleValue();
            case FLOAT32 -> x instanceof Boolean b ? (b ? 1.0f : 0.0f) : toFloat32(((Number) x).doubleValue());
            case COMPLEX -> x instanceof ComplexValue ? x : new ComplexValue(((Number) x).doubleValue(), 0.0);
            case BOOL -> x instanceof Boolean ? x : ((Number) x).doubleValue() != 0.0;
            case STRING, VEC2, VEC3, VEC4, VOID, ERROR -> x;
        };
    }

    private static float toFloat32(double d) {
        float nearest = (float) d;
        if (Float.isInfinite(nearest) && !Double.isInfinite(d)) {
            throw new Trap(null, "float32(" + FloatText.of(d) + "): outside of the float32 range");
        }
        return nearest;
    }

    private static long toInt(Object x) {
        return switch (x) {
            case Long l -> l;
            case Boolean b -> b ? 1 : 0;
            case Double d -> truncated(d);
            case Float f -> truncated(f);
            default -> throw new IllegalStateException("int of " + x);
        };
    }

    private static long truncated(double d) {
        if (Double.isNaN(d)) {
            throw new Trap(null, "int(nan): not a number");
        }
        double whole = d < 0 ? Math.ceil(d) : Math.floor(d);
        if (whole < -0x1p63 || whole >= 0x1p63) {
            throw new Trap(null, "int(" + FloatText.of(d) + "): outside of the int range");
        }
        return (long) whole;
    }

    /** Checks the range of a storage type; the value stays an int. */
    static Object stored(Object x, Type type) {
        if (!(type instanceof Type.Scalar s) || !(x instanceof Long v)) {
            return x;
        }
        boolean fits = switch (s) {
            case INT32 -> v == v.intValue();
            case INT16 -> v == v.shortValue();
            case BYTE -> v >= 0 && v <= 255;
            case INT, FLOAT, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, FLOAT32, VOID, ERROR -> true;
        };
        if (!fits) {
            throw new Trap(null, type + "(" + v + "): outside of " + (s == Type.Scalar.BYTE ? "0..255" : s == Type.Scalar.INT16 ? "-32768..32767" : "-2147483648..2147483647"));
        }
        return x;
    }
}
