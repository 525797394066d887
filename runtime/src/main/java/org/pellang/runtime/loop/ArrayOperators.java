package org.pellang.runtime.loop;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.pellang.runtime.Op;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.Column;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/** The predefined operators element by element on replicated arrays of one shape. */
public final class ArrayOperators {
    private ArrayOperators() {}

    /** {@code left op= right}, in place; returns left. Traps on differing extents. Complex numbers and vectors: sums only. */
    public static BinaryOperator<Object> of(Op op) {
        return (a, b) -> {
            add(op, (PelArray) a, (PelArray) b);
            return a;
        };
    }

    static void sameExtents(PelArray left, PelArray right) {
        if (!left.domain().sameSet(right.domain()) || left.layout().size() != right.layout().size()) {
            throw new PelTrap("reduction of arrays with different extents: " + left.domain() + " and " + right.domain());
        }
    }

    private static void add(Op op, PelArray left, PelArray right) {
        sameExtents(left, right);
        for (int k = 0; k < left.type().columns(); k++) {
            combine(left.type().column(k), op, left.column(k), right.column(k));
        }
    }

    /** Whether the order of combination shows in the bits. */
    static boolean ordered(ElemType type, Op op) {
        boolean floats = false;
        for (int k = 0; k < type.columns(); k++) {
            floats |= type.column(k) == Column.F64 || type.column(k) == Column.F32;
        }
        if (op == Op.PROD && type.columns() > 1) {
            throw new IllegalArgumentException("element-wise product of " + type);
        }
        return floats && (op == Op.SUM || op == Op.PROD);
    }

    /** Whether all columns hold floats. */
    static boolean floats(ElemType type) {
        boolean floats = true;
        for (int k = 0; k < type.columns(); k++) {
            floats &= type.column(k) == Column.F64 || type.column(k) == Column.F32;
        }
        return floats;
    }

    /** An array like {@code like} that holds the identity of {@code op} everywhere. */
    public static PelArray identity(PelArray like, Op op) {
        PelArray array = PelArray.create(like.domain(), like.type());
        clear(array, op);
        return array;
    }

    /** {@code total op= change}, for the updates that one iteration has made; {@code change} holds identities again. */
    public static void contribute(PelArray total, PelArray change, Op op) {
        add(op, total, change);
        clear(change, op);
    }

    static void clear(PelArray array, Op op) {
        for (int k = 0; k < array.type().columns(); k++) {
            double f = identity(op);
            switch (array.type().column(k)) {
                case F64 -> Arrays.fill(array.f64(k), f);
                case F32 -> Arrays.fill(array.f32(k), (float) f);
                case I64 -> Arrays.fill(array.i64(k), integer(op, Long.MIN_VALUE, Long.MAX_VALUE));
                case I32 -> Arrays.fill(array.i32(k), (int) integer(op, Integer.MIN_VALUE, Integer.MAX_VALUE));
                case I16 -> Arrays.fill(array.i16(k), (short) integer(op, Short.MIN_VALUE, Short.MAX_VALUE));
                case I8 -> Arrays.fill(array.i8(k), (byte) integer(op, 0, 255));
                case BOOL -> Arrays.fill(array.bool(k), op == Op.AND || op == Op.BAND || op == Op.PROD || op == Op.MIN);
                case OBJ -> throw new IllegalArgumentException(op + " of " + array.type());
            }
        }
    }

    private static double identity(Op op) {
        return switch (op) {
            case SUM, OR, BOR, BXOR -> 0.0;
            case PROD, AND, BAND -> 1.0;
            case MIN -> Double.POSITIVE_INFINITY;
            case MAX -> Double.NEGATIVE_INFINITY;
        };
    }

    private static long integer(Op op, long least, long greatest) {
        return switch (op) {
            case SUM, OR, BOR, BXOR -> 0;
            case PROD -> 1;
            case AND, BAND -> -1;
            case MIN -> greatest;
            case MAX -> least;
        };
    }

    private static void combine(Column kind, Op op, Object left, Object right) {
        switch (kind) {
            case F64 -> {
                double[] a = (double[]) left;
                double[] b = (double[]) right;
                for (int i = 0; i < a.length; i++) {
                    a[i] = floats(op, a[i], b[i]);
                }
            }
            case F32 -> {
                float[] a = (float[]) left;
                float[] b = (float[]) right;
                for (int i = 0; i < a.length; i++) {
                    a[i] = (float) floats(op, a[i], b[i]);
                }
            }
            case I64 -> {
                long[] a = (long[]) left;
                long[] b = (long[]) right;
                for (int i = 0; i < a.length; i++) {
                    a[i] = ints(op, a[i], b[i]);
                }
            }
            case I32 -> {
                int[] a = (int[]) left;
                int[] b = (int[]) right;
                for (int i = 0; i < a.length; i++) {
                    a[i] = PelArray.toInt32(ints(op, a[i], b[i]));
                }
            }
            case I16 -> {
                short[] a = (short[]) left;
                short[] b = (short[]) right;
                for (int i = 0; i < a.length; i++) {
                    a[i] = PelArray.toInt16(ints(op, a[i], b[i]));
                }
            }
            case I8 -> {
                byte[] a = (byte[]) left;
                byte[] b = (byte[]) right;
                for (int i = 0; i < a.length; i++) {
                    a[i] = PelArray.toByte(ints(op, a[i] & 255, b[i] & 255));
                }
            }
            case BOOL -> {
                boolean[] a = (boolean[]) left;
                boolean[] b = (boolean[]) right;
                for (int i = 0; i < a.length; i++) {
                    a[i] = ints(op == Op.SUM ? Op.OR : op, a[i] ? 1 : 0, b[i] ? 1 : 0) != 0;
                }
            }
            case OBJ -> throw new IllegalArgumentException(op + " of objects");
        }
    }

    static double floats(Op op, double a, double b) {
        return switch (op) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND, OR, BAND, BOR, BXOR -> throw new IllegalArgumentException(op + " of floats");
        };
    }

    static long ints(Op op, long a, long b) {
        return switch (op) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND, BAND -> a & b;
            case OR, BOR -> a | b;
            case BXOR -> a ^ b;
        };
    }
}
