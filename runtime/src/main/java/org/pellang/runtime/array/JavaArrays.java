package org.pellang.runtime.array;

import java.util.Arrays;

/**
 * PEL arrays as arguments and results of the user's Java methods: elements in row-major order. An array whose storage is just that is passed as it is, without
 * copying; others (with ghost cells, strided) are copied, and copied back by {@link #back} if the method may change them.
 */
public final class JavaArrays {
    private JavaArrays() {}

    /** The elements of an array of {@code float}. */
    public static double[] doubles(PelArray a) {
        return whole(a) ? a.f64(0) : compact(a).f64(0);
    }

    /** The elements of an array of {@code int}. */
    public static long[] longs(PelArray a) {
        return whole(a) ? a.i64(0) : compact(a).i64(0);
    }

    /** The elements of an array of {@code int32}. */
    public static int[] ints(PelArray a) {
        return whole(a) ? a.i32(0) : compact(a).i32(0);
    }

    /** The elements of an array of {@code int16}. */
    public static short[] shorts(PelArray a) {
        return whole(a) ? a.i16(0) : compact(a).i16(0);
    }

    /** The elements of an array of {@code byte}: 128..255 are negative in Java. */
    public static byte[] bytes(PelArray a) {
        return whole(a) ? a.i8(0) : compact(a).i8(0);
    }

    /** The elements of an array of {@code float32}. */
    public static float[] floats(PelArray a) {
        return whole(a) ? a.f32(0) : compact(a).f32(0);
    }

    /** The elements of an array of {@code bool}. */
    public static boolean[] bools(PelArray a) {
        return whole(a) ? a.bool(0) : compact(a).bool(0);
    }

    /** The elements of an array of {@code string}: always a copy. */
    public static String[] strings(PelArray a) {
        Object[] items = whole(a) ? a.obj(0) : compact(a).obj(0);
        return Arrays.copyOf(items, items.length, String[].class);
    }

    private static boolean whole(PelArray a) {
        return a.dense();
    }

    private static PelArray compact(PelArray a) {
        PelArray copy = empty(a);
        copy.assign(a);
        return copy;
    }

    /** An array from 0 of the same extents. */
    private static PelArray empty(PelArray a) {
        long[] extents = new long[a.axes()];
        Arrays.setAll(extents, a::length);
        return PelArray.create(Domain.extents(extents), a.type());
    }

    /** What a method has changed goes back into {@code a}, if the method was given a copy. */
    public static void back(PelArray a, Object elements) {
        if (elements == a.column(0)) {
            a.touch();
            return;
        }
        PelArray copy = empty(a);
        System.arraycopy(elements, 0, copy.column(0), 0, (int) copy.size());
        a.assign(copy);
    }

    /** The result of a Java method as an array from 0. */
    public static PelArray of(Object elements, ElemType type) {
        int n = java.lang.reflect.Array.getLength(elements);
        PelArray array = PelArray.create(Domain.range(0, n - 1L), type);
        System.arraycopy(elements, 0, array.column(0), 0, n);
        return array;
    }
}
