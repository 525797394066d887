package org.pellang.runtime.explicit;

import org.pellang.runtime.array.PelArray;

/** What a one-sided access does with an element of the target: {@code = += -= *= min= max= &= |= ^=}. The ordinal travels. */
public enum Update {
    PUT, ADD, SUB, MUL, MIN, MAX, AND, OR, XOR;

    private static final Update[] ALL = values();

    static Update at(int ordinal) {
        return ALL[ordinal];
    }

    /** {@code column[at] = column[at] op word}: an integer, or the bits of a float. Traps if a storage integer cannot hold the result. */
    void apply(Object column, int at, long word) {
        switch (column) {
            case long[] c -> c[at] = whole(c[at], word);
            case double[] c -> c[at] = real(c[at], Double.longBitsToDouble(word));
            case int[] c -> c[at] = PelArray.toInt32(whole(c[at], word));
            case short[] c -> c[at] = PelArray.toInt16(whole(c[at], word));
            case byte[] c -> c[at] = PelArray.toByte(whole(c[at] & 0xff, word));
            case float[] c -> c[at] = single(c[at], Float.intBitsToFloat((int) word));
            case boolean[] c -> c[at] = whole(c[at] ? 1 : 0, word) != 0;
            default -> throw new IllegalStateException("a column of " + column.getClass());
        }
    }

    /** The element as such a word. */
    static long word(Object column, int at) {
        return switch (column) {
            case long[] c -> c[at];
            case double[] c -> Double.doubleToRawLongBits(c[at]);
            case int[] c -> c[at];
            case short[] c -> c[at];
            case byte[] c -> c[at] & 0xff;
            case float[] c -> Float.floatToRawIntBits(c[at]);
            case boolean[] c -> c[at] ? 1 : 0;
            default -> throw new IllegalStateException("a column of " + column.getClass());
        };
    }

    private long whole(long a, long b) {
        return switch (this) {
            case PUT -> b;
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
        };
    }

    private double real(double a, double b) {
        return switch (this) {
            case PUT -> b;
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND, OR, XOR -> throw new IllegalStateException("bits of a float");
        };
    }

    private float single(float a, float b) {
        return switch (this) {
            case PUT -> b;
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case AND, OR, XOR -> throw new IllegalStateException("bits of a float");
        };
    }
}
