package org.pellang.runtime.loop;

/**
 * One value per reduction of a loop, by slot number. A slot uses one of the arrays: {@code f} for floats, {@code l} for ints, bools (0 or 1) and the bits
 * operators, {@code o} for objects; argmin and argmax use {@code f} or {@code l} for the value and {@code at} for the index. Fields are public because
 * generated kernels write them once per leaf.
 */
public final class Slots {
    public final double[] f;
    public final long[] l;
    public final Object[] o;
    /** Row-major position within the space ({@code Domain.linear}) of an argmin or argmax; -1 if there was none. */
    public final long[] at;

    Slots(int n) {
        f = new double[n];
        l = new long[n];
        o = new Object[n];
        at = new long[n];
    }
}
