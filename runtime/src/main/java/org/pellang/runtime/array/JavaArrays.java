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

    /** An array from 0 whose elements are those of the Java array, without copying. */
    public static PelArray wrap(Object elements, ElemType type) {
        Domain domain = Domain.range(0, java.lang.reflect.Array.getLength(elements) - 1L);
        return new PelArray(domain, type, domain.root().layout(), new Object[] {elements});
    }

    /**
     * An array of these extents whose elements are those of the Java array in row-major order, without copying.
     *
     * @param type of the elements: one with a single column of that kind
     * @throws IllegalArgumentException if the extents do not fit the length
     */
    public static PelArray wrap(Object elements, ElemType type, long... extents) {
        Domain domain = Domain.extents(extents);
        if (domain.size() != java.lang.reflect.Array.getLength(elements)) {
            throw new IllegalArgumentException(java.lang.reflect.Array.getLength(elements) + " elements for the extents " + Arrays.toString(extents));
        }
        return new PelArray(domain, type, domain.root().layout(), new Object[] {elements});
    }

    /** A matrix whose elements are those of {@code values}, row by row, without copying. */
    public static PelArray matrix(double[] values, long rows, long columns) {
        return wrap(values, ElemType.FLOAT, rows, columns);
    }

    /** A matrix with a copy of these rows, which must be equally long. */
    public static PelArray ofRows(double[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException("row " + i + " has " + rows[i].length + " elements, not " + columns);
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return matrix(values, rows.length, columns);
    }

    /** A copy of a matrix as rows. */
    public static double[][] rows(PelArray a) {
        double[] values = doubles(a);
        int columns = (int) a.length(1);
        double[][] rows = new double[(int) a.length(0)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
        }
        return rows;
    }

    /** The array, if it has this type of elements and number of axes and is not distributed; else an IllegalArgumentException. */
    public static PelArray check(PelArray a, ElemType type, int axes) {
        if (a.axes() != axes || !a.type().equals(type) || a.domain().isDistributed()) {
            throw new IllegalArgumentException("an array of " + type + " with " + axes + " axes is needed, not of " + a.type() + " with " + a.axes()
                    + (a.domain().isDistributed() ? ", distributed" : ""));
        }
        return a;
    }

    /** Another array that shares the elements of this undistributed one, so that each rank has its own object; a copy if they are not stored in row-major order. */
    public static PelArray share(PelArray a) {
        boolean plain = whole(a);
        for (int d = 0; d < a.axes(); d++) {
            plain &= a.domain().step(d) == 1;
        }
        if (!plain) {
            return compact(a);
        }
        Box box = a.domain().box();
        Domain domain = Domain.local(box.lo(), box.hi());
        Object[] columns = new Object[a.type().columns()];
        Arrays.setAll(columns, a::column);
        return new PelArray(domain, a.type(), domain.root().layout(), columns);
    }

    /** What a function has changed in an array that {@link #share} made goes back into {@code a}, if it is not there already. */
    public static void backTo(PelArray a, PelArray shared) {
        if (a.column(0) != shared.column(0)) {
            a.assign(shared);
        } else {
            a.touch();
        }
    }

    /** The result of a Java method as an array from 0. */
    public static PelArray of(Object elements, ElemType type) {
        int n = java.lang.reflect.Array.getLength(elements);
        PelArray array = PelArray.create(Domain.range(0, n - 1L), type);
        System.arraycopy(elements, 0, array.column(0), 0, n);
        return array;
    }
}
