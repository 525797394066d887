package org.pellang.compiler.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.CompilerBug;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TExpr.CompareOp;
import org.pellang.compiler.sema.typed.TExpr.UnaryOp;

/** Java for PEL's operators and conversions, applied to Java expressions. */
public final class Operators {
    private final JavaUnit unit;

    public Operators(JavaUnit unit) {
        this.unit = unit;
    }

    /** An arithmetic or bitwise operator on two values of the result's type. */
    public JavaExpr binary(BinaryOp op, Type type, JavaExpr left, JavaExpr right) {
        return binary(op, type, type, left, type, right);
    }

    /** An arithmetic or bitwise operator; operand types differ from the result's for vectors only. */
    public JavaExpr binary(BinaryOp op, Type type, Type leftType, JavaExpr left, Type rightType, JavaExpr right) {
        if (!(type instanceof Scalar s)) {
            throw new CompilerBug(op + " on " + type);
        }
        return switch (s) {
            case INT, INT32, INT16, BYTE -> integer(op, left, right);
            case FLOAT -> real(op, left, right);
            case FLOAT32 -> real32(op, left, right);
            case COMPLEX -> onObject(op, left, right);
            case VEC2, VEC3, VEC4 ->
                leftType.isVector() || !rightType.isVector() ? onObject(op, left, right) : onObject(op, right, left);
            case STRING -> JavaExpr.infix(JavaExpr.SUM, left, "+", right);
            case BOOL -> bool(op, left, right);
            case VOID, ERROR -> throw new CompilerBug(op + " on " + s);
        };
    }

    private JavaExpr integer(BinaryOp op, JavaExpr left, JavaExpr right) {
        return switch (op) {
            case ADD -> JavaExpr.infix(JavaExpr.SUM, left, "+", right);
            case SUB -> JavaExpr.infix(JavaExpr.SUM, left, "-", right);
            case MUL -> JavaExpr.infix(JavaExpr.PRODUCT, left, "*", right);
            case BIT_AND -> JavaExpr.infix(JavaExpr.BIT_AND, left, "&", right);
            case BIT_OR -> JavaExpr.infix(JavaExpr.BIT_OR, left, "|", right);
            case BIT_XOR -> JavaExpr.infix(JavaExpr.BIT_XOR, left, "^", right);
            case FLOOR_DIV -> division(true, left, right);
            case MOD -> division(false, left, right);
            case POW -> call(RuntimeApi.INT_POW, left, right);
            case SHL -> shift("<<", RuntimeApi.SHIFT_LEFT, left, right);
            case SHR -> shift(">>", RuntimeApi.SHIFT_RIGHT, left, right);
            case USHR -> shift(">>>", RuntimeApi.SHIFT_RIGHT_UNSIGNED, left, right);
            case MIN, MAX -> minMax(op, left, right);
            case DIV -> throw new CompilerBug("/ on ints");
        };
    }

    /** A constant divisor needs no trap; a power of two no division either. */
    private JavaExpr division(boolean quotient, JavaExpr left, JavaExpr right) {
        long divisor = constant(right);
        if (divisor > 0 && Long.bitCount(divisor) == 1) {
            return quotient
                    ? JavaExpr.infix(JavaExpr.SHIFT, left, ">>", JavaExpr.stable(Integer.toString(Long.numberOfTrailingZeros(divisor))))
                    : JavaExpr.infix(JavaExpr.BIT_AND, left, "&", JavaLiteral.of(divisor - 1));
        }
        if (divisor != 0) {
            return pure("Math." + (quotient ? "floorDiv" : "floorMod"), left, right);
        }
        return call(quotient ? RuntimeApi.FLOOR_DIV : RuntimeApi.FLOOR_MOD, left, right);
    }

    /** PEL's counts go beyond 63 and trap below 0; a constant count in range is Java's. */
    private JavaExpr shift(String operator, RuntimeMethod general, JavaExpr left, JavaExpr right) {
        boolean plain = right.text().equals("0L") || (constant(right) > 0 && constant(right) < Long.SIZE);
        return plain ? JavaExpr.infix(JavaExpr.SHIFT, left, operator, right) : call(general, left, right);
    }

    /** The value of a literal such as {@code 12L}, else 0. */
    private static long constant(JavaExpr e) {
        return e.text().matches("-?[0-9]+L") ? Long.parseLong(e.text().substring(0, e.text().length() - 1)) : 0;
    }

    private JavaExpr real(BinaryOp op, JavaExpr left, JavaExpr right) {
        return switch (op) {
            case ADD -> JavaExpr.infix(JavaExpr.SUM, left, "+", right);
            case SUB -> JavaExpr.infix(JavaExpr.SUM, left, "-", right);
            case MUL -> JavaExpr.infix(JavaExpr.PRODUCT, left, "*", right);
            case DIV -> JavaExpr.infix(JavaExpr.PRODUCT, left, "/", right);
            case FLOOR_DIV -> call(RuntimeApi.FLOAT_FLOOR_DIV, left, right);
            case MOD -> call(RuntimeApi.FLOAT_FLOOR_MOD, left, right);
            case POW -> call(RuntimeApi.FLOAT_POW, left, right);
            case MIN, MAX -> minMax(op, left, right);
            case SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR -> throw new CompilerBug(op + " on floats");
        };
    }

    private JavaExpr real32(BinaryOp op, JavaExpr left, JavaExpr right) {
        return switch (op) {
            case FLOOR_DIV, MOD, POW ->
                JavaExpr.prefix("(float) ", real(op, JavaExpr.prefix("(double) ", left), JavaExpr.prefix("(double) ", right)));
            case ADD, SUB, MUL, DIV, MIN, MAX, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR -> real(op, left, right);
        };
    }

    private JavaExpr bool(BinaryOp op, JavaExpr left, JavaExpr right) {
        return switch (op) {
            case BIT_AND, MIN -> JavaExpr.infix(JavaExpr.BIT_AND, left, "&", right);
            case BIT_OR, MAX -> JavaExpr.infix(JavaExpr.BIT_OR, left, "|", right);
            case BIT_XOR -> JavaExpr.infix(JavaExpr.BIT_XOR, left, "^", right);
            case ADD, SUB, MUL, DIV, FLOOR_DIV, MOD, POW, SHL, SHR, USHR -> throw new CompilerBug(op + " on bools");
        };
    }

    private JavaExpr minMax(BinaryOp op, JavaExpr left, JavaExpr right) {
        return pure(op == BinaryOp.MIN ? "Math.min" : "Math.max", left, right);
    }

    private static JavaExpr pure(String function, JavaExpr left, JavaExpr right) {
        return new JavaExpr(
                function + "(" + left + ", " + right + ")", JavaExpr.PRIMARY, left.stable() && right.stable());
    }

    private JavaExpr onObject(BinaryOp op, JavaExpr left, JavaExpr right) {
        String method =
                switch (op) {
                    case ADD -> "plus";
                    case SUB -> "minus";
                    case MUL -> "times";
                    case DIV -> "div";
                    case POW -> "pow";
                    case FLOOR_DIV, MOD, SHL, SHR, USHR, BIT_AND, BIT_OR, BIT_XOR, MIN, MAX ->
                        throw new CompilerBug(op + " on complex or vec");
                };
        return method(left, method, right);
    }

    private static JavaExpr method(JavaExpr receiver, String method, JavaExpr argument) {
        return new JavaExpr(
                receiver.receiver() + "." + method + "(" + argument + ")",
                JavaExpr.PRIMARY,
                receiver.stable() && argument.stable());
    }

    /** Negation, complement and {@code not}. */
    public JavaExpr unary(UnaryOp op, Type type, JavaExpr operand) {
        return switch (op) {
            case NOT -> JavaExpr.prefix("!", operand);
            case BIT_NOT -> JavaExpr.prefix("~", operand);
            case NEGATE ->
                type == Scalar.COMPLEX || type.isVector()
                        ? new JavaExpr(operand.receiver() + ".neg()", JavaExpr.PRIMARY, operand.stable())
                        : JavaExpr.prefix("-", operand);
        };
    }

    /** A comparison of two values of one type. Not for distributed arrays. */
    public JavaExpr compare(CompareOp op, Type type, JavaExpr left, JavaExpr right) {
        if (type instanceof Scalar s && (type.isNumeric() && s != Scalar.COMPLEX || s == Scalar.BOOL)) {
            boolean equality = op == CompareOp.EQ || op == CompareOp.NE;
            return JavaExpr.infix(equality ? JavaExpr.EQUALITY : JavaExpr.RELATION, left, symbol(op), right);
        }
        return switch (op) {
            case EQ -> equal(type, left, right);
            case NE -> JavaExpr.prefix("!", equal(type, left, right));
            case LT, LE, GT, GE ->
                JavaExpr.infix(JavaExpr.RELATION, call(RuntimeApi.TEXT_COMPARE, left, right), symbol(op), JavaExpr.stable("0"));
        };
    }

    private static String symbol(CompareOp op) {
        return switch (op) {
            case EQ -> "==";
            case NE -> "!=";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }

    private JavaExpr equal(Type type, JavaExpr left, JavaExpr right) {
        return switch (type) {
            case Scalar s ->
                switch (s) {
                    case STRING -> method(left, "equals", right);
                    case COMPLEX, VEC2, VEC3, VEC4 -> method(left, "same", right);
                    case INT, FLOAT, BOOL, INT32, INT16, BYTE, FLOAT32 ->
                        JavaExpr.infix(JavaExpr.EQUALITY, left, "==", right);
                    case VOID, ERROR -> throw new CompilerBug("== on " + s);
                };
            case Type.Tuple _, Type.Record _, Type.ListOf _, Type.MapOf _ -> method(left, "same", right);
            case Type.Array _ -> RuntimeApi.CONTENT_EQUALS.on(left, right);
            case Type.Function _, Type.Domain _ -> method(left, "equals", right);
            case Type.Channel _, Type.Future _, Type.Request _, Type.Team _ ->
                JavaExpr.infix(JavaExpr.EQUALITY, left, "==", right);
        };
    }

    /** The body of {@code boolean same(R that$)} (no PEL name has a {@code $}) of a generated record: components equal as PEL compares them. */
    String sameBody(Type record) {
        List<String> names = unit.types().componentNames(record);
        List<Type> types = Column.components(record);
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            parts.add(equal(types.get(k), JavaExpr.stable(names.get(k)), JavaExpr.stable("that$." + names.get(k))).at(JavaExpr.AND));
        }
        return parts.isEmpty() ? "true" : parts.stream().collect(Collectors.joining(" && "));
    }

    /** A conversion of a scalar; {@code target} may be a storage integer: then the value is range-checked and stays a long. */
    public JavaExpr convert(Type from, Type target, JavaExpr value) {
        if (!(from instanceof Scalar f) || !(target instanceof Scalar t)) {
            throw new CompilerBug("conversion of " + from + " to " + target);
        }
        if (f == t) {
            return value;
        }
        return switch (t) {
            case INT -> toInt(f, value);
            case INT32, INT16, BYTE -> checkedStorage(t, toInt(f, value));
            case FLOAT -> f == Scalar.BOOL ? choice(value, "1.0", "0.0") : toDouble(value);
            case FLOAT32 -> toFloat32(f, value);
            case BOOL -> JavaExpr.infix(JavaExpr.EQUALITY, value, "!=", unit.types().zero(f));
            case COMPLEX -> new JavaExpr(
                    unit.use(RuntimeApi.COMPLEX) + ".of(" + convert(f, Scalar.FLOAT, value) + ")", JavaExpr.PRIMARY, value.stable());
            case STRING, VEC2, VEC3, VEC4, VOID, ERROR -> throw new CompilerBug("conversion of " + from + " to " + target);
        };
    }

    private static JavaExpr toDouble(JavaExpr value) {
        String text = value.text();
        if (text.matches("-?[0-9]{1,15}L")) {
            return JavaLiteral.of((double) Long.parseLong(text.substring(0, text.length() - 1)));
        }
        return JavaExpr.prefix("(double) ", value);
    }

    private JavaExpr toInt(Scalar from, JavaExpr value) {
        return switch (from) {
            case INT, INT32, INT16, BYTE -> value;
            case BOOL -> choice(value, "1L", "0L");
            case FLOAT -> call(RuntimeApi.TO_INT, value);
            case FLOAT32 -> call(RuntimeApi.TO_INT, JavaExpr.prefix("(double) ", value));
            case STRING, COMPLEX, VEC2, VEC3, VEC4, VOID, ERROR -> throw new CompilerBug("int of " + from);
        };
    }

    private JavaExpr toFloat32(Scalar from, JavaExpr value) {
        return from == Scalar.FLOAT
                ? call(RuntimeApi.TO_FLOAT32, value)
                : from == Scalar.BOOL ? choice(value, "1.0f", "0.0f") : JavaExpr.prefix("(float) ", value);
    }

    private static JavaExpr choice(JavaExpr condition, String yes, String no) {
        return new JavaExpr(
                condition.at(JavaExpr.OR) + " ? " + yes + " : " + no, JavaExpr.CONDITIONAL, condition.stable());
    }

    /** A value on its way into a place: storage integers are range-checked, everything else passes. */
    public JavaExpr checkedStorage(Type place, JavaExpr value) {
        RuntimeMethod check = place instanceof Scalar s
                ? switch (s) {
                    case INT32 -> RuntimeApi.TO_INT32;
                    case INT16 -> RuntimeApi.TO_INT16;
                    case BYTE -> RuntimeApi.TO_BYTE;
                    case INT, FLOAT, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, FLOAT32, VOID, ERROR -> null;
                }
                : null;
        return check == null ? value : call(check, value);
    }

    /** A value that is kept: arrays, lists and what contains them are copied. */
    public JavaExpr copy(Type type, JavaExpr value) {
        if (!JavaTypes.isMutable(type)) {
            return value;
        }
        return switch (type) {
            case Type.Array _ -> RuntimeApi.ARRAY_COPY.on(value);
            case Type.ListOf _, Type.MapOf _ -> JavaExpr.primary(value.receiver() + ".copy()");
            case Type.Tuple _, Type.Record _ -> JavaExpr.primary(value.receiver() + ".copy()");
            case Type.Scalar _, Type.Function _, Type.Domain _, Type.Channel _ ->
                throw new CompilerBug("copy of " + type);
            case Type.Future _, Type.Request _, Type.Team _ -> throw new CompilerBug("copy of " + type);
        };
    }

    /** The body of {@code R copy()} of a generated record with mutable components, or null. */
    @Nullable String copyBody(Type record, String name) {
        if (!JavaTypes.isMutable(record)) {
            return null;
        }
        List<String> names = unit.types().componentNames(record);
        List<Type> types = Column.components(record);
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            parts.add(copy(types.get(k), JavaExpr.stable(names.get(k))).text());
        }
        return "new " + name + "(" + String.join(", ", parts) + ")";
    }

    private JavaExpr call(RuntimeMethod method, JavaExpr... arguments) {
        return method.call(unit, arguments);
    }
}
