package org.pellang.runtime.collective;

import java.util.Locale;
import org.pellang.runtime.CommException;
import org.pellang.runtime.Op;

/** Element-wise operators on arrays of one kind; the left operand comes from the lower ranks. */
public final class Combine {
    private Combine() {}

    /** {@code left[i] = left[i] op right[i]}. */
    public static void intoLeft(Op op, Object left, int lo, Object right, int ro, int len) {
        run(op, left, lo, right, ro, left, lo, len);
    }

    /** {@code right[i] = left[i] op right[i]}. */
    static void intoRight(Op op, Object left, int lo, Object right, int ro, int len) {
        run(op, left, lo, right, ro, right, ro, len);
    }

    /** {@code target[i] = left[i] op right[i]}. */
    public static void run(Op op, Object left, int lo, Object right, int ro, Object target, int to, int len) {
        switch (left) {
            case byte[] a -> ByteCombine.run(op, a, lo, (byte[]) right, ro, (byte[]) target, to, len);
            case short[] a -> ShortCombine.run(op, a, lo, (short[]) right, ro, (short[]) target, to, len);
            case int[] a -> IntCombine.run(op, a, lo, (int[]) right, ro, (int[]) target, to, len);
            case long[] a -> LongCombine.run(op, a, lo, (long[]) right, ro, (long[]) target, to, len);
            case float[] a -> FloatCombine.run(op, a, lo, (float[]) right, ro, (float[]) target, to, len);
            case double[] a -> DoubleCombine.run(op, a, lo, (double[]) right, ro, (double[]) target, to, len);
            case boolean[] a -> BooleanCombine.run(op, a, lo, (boolean[]) right, ro, (boolean[]) target, to, len);
            default -> throw new CommException("cannot reduce a " + left.getClass().getSimpleName());
        }
    }

    static CommException unsupported(Op op, String type) {
        return new CommException("operator " + op.name().toLowerCase(Locale.ROOT) + " is not defined on " + type);
    }
}
