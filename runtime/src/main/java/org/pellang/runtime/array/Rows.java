package org.pellang.runtime.array;

import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** Boxes of array elements row by row: the unit of block copies, of messages and of files. */
public final class Rows {
    private Rows() {}

    /** What is done with a row. */
    @FunctionalInterface
    public interface Action {
        /** @param index first index of the row; do not keep or change it. @param n elements along the last axis */
        void row(long[] index, int n);
    }

    /** Calls {@code action} for each row of {@code box} in row-major order. */
    public static void forEach(Box box, Action action) {
        if (box.isEmpty()) {
            return;
        }
        int last = box.axes() - 1;
        int n = Math.toIntExact(box.extent(last));
        long[] index = box.lo().clone();
        while (true) {
            action.row(index, n);
            int d = last - 1;
            while (d >= 0 && index[d] == box.hi()[d]) {
                index[d] = box.lo()[d];
                d--;
            }
            if (d < 0) {
                return;
            }
            index[d]++;
        }
    }

    /** Copies a box between arrays of equal element type that both store it; {@code shift} is added to the indices in the target. */
    public static void copy(PelArray from, PelArray to, Box box, long[] shift) {
        copy(from, to, Region.of(box), shift, to.layout());
    }

    /**
     * Copies a region between arrays of equal element type; {@code from} stores its rows one after the other.
     *
     * @param shift added to the indices in the target
     * @param layout of the target
     */
    public static void copy(PelArray from, PelArray to, Region region, long[] shift, Layout layout) {
        long[] there = new long[shift.length];
        region.forEachRow((index, n) -> move(from, from.layout().place(index), to, layout.place(moved(index, shift, there)), n));
    }

    /** The reverse: from the indices moved by {@code shift} in {@code from}, by its {@code layout}, to the region in {@code to}. */
    public static void copyBack(PelArray from, Layout layout, PelArray to, Region region, long[] shift) {
        long[] there = new long[shift.length];
        region.forEachRow((index, n) -> move(from, layout.place(moved(index, shift, there)), to, to.layout().place(index), n));
    }

    /** Copies {@code n} elements from place {@code a} of one array to place {@code b} of another of equal element type. */
    public static void move(PelArray from, int a, PelArray to, int b, int n) {
        for (int k = 0; k < from.type().columns(); k++) {
            System.arraycopy(from.column(k), a, to.column(k), b, n);
        }
    }

    /** Axes of the indices by which an array shows its elements: windows of copies have others than their columns. */
    private static int axes(PelArray array) {
        return array.layout().stride().length;
    }

    private static long[] moved(long[] index, long[] shift, long[] there) {
        for (int d = 0; d < there.length; d++) {
            there[d] = index[d] + shift[d];
        }
        return there;
    }

    /** Appends the elements of a box, column by column within each row. */
    public static void pack(PelArray array, Box box, Encoder out) {
        pack(array, Region.of(box), out);
    }

    /** Appends the elements of a region, column by column within each row. */
    public static void pack(PelArray array, Region region, Encoder out) {
        pack(array, region, new long[axes(array)], array.layout(), out);
    }

    /** Appends the elements that stand in {@code array}, by {@code layout}, at the indices of a region moved by {@code shift}. */
    public static void pack(PelArray array, Region region, long[] shift, Layout layout, Encoder out) {
        long[] there = new long[shift.length];
        region.forEachRow((index, n) -> packPlaces(array, layout.place(moved(index, shift, there)), n, out));
    }

    /** The reverse of {@link #pack}; {@code box} is in the indices of {@code array}. */
    public static void unpack(Decoder in, PelArray array, Box box) {
        unpack(in, array, Region.of(box), new long[axes(array)], array.layout());
    }

    /** The reverse of {@link #pack}: the elements of a region go to its indices moved by {@code shift}, by {@code layout}. */
    public static void unpack(Decoder in, PelArray array, Region region, long[] shift, Layout layout) {
        long[] there = new long[shift.length];
        region.forEachRow((index, n) -> unpackPlaces(in, array, layout.place(moved(index, shift, there)), n));
    }

    /** Appends {@code n} elements from place {@code at} on, column by column. */
    public static void packPlaces(PelArray array, int at, int n, Encoder out) {
        ElemType type = array.type();
        for (int k = 0; k < type.columns(); k++) {
            if (type.column(k) == Column.OBJ) {
                for (int i = 0; i < n; i++) {
                    type.codec().write(out, array.obj(k)[at + i]);
                }
            } else {
                int place = out.reserve(Math.multiplyExact(n, type.column(k).bytes()));
                type.column(k).pack(array.column(k), at, n, out.array(), place);
            }
        }
    }

    /** The reverse of {@link #packPlaces}. */
    public static void unpackPlaces(Decoder in, PelArray array, int at, int n) {
        ElemType type = array.type();
        for (int k = 0; k < type.columns(); k++) {
            if (type.column(k) == Column.OBJ) {
                for (int i = 0; i < n; i++) {
                    array.obj(k)[at + i] = type.codec().read(in);
                }
            } else {
                int place = in.take(Math.multiplyExact(n, type.column(k).bytes()));
                type.column(k).unpack(in.array(), place, array.column(k), at, n);
            }
        }
    }

    /** Bytes that {@link #pack} writes for a box of scalars; a guess for references. */
    public static int bytes(ElemType type, Box box) {
        return bytes(type, Region.of(box));
    }

    /** Bytes that {@link #pack} writes for a region of scalars; a guess for references. */
    public static int bytes(ElemType type, Region region) {
        return Math.toIntExact(Math.multiplyExact(region.size(), Math.max(1, type.isObject() ? 16 : type.bytes())));
    }
}
