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
        int moved = to.layout().place(shift) + to.layout().offset();
        forEach(box, (index, n) -> {
            int a = from.layout().place(index);
            int b = to.layout().place(index) + moved;
            for (int k = 0; k < from.type().columns(); k++) {
                System.arraycopy(from.column(k), a, to.column(k), b, n);
            }
        });
    }

    /** Appends the elements of a box, column by column within each row. */
    public static void pack(PelArray array, Box box, Encoder out) {
        forEach(box, (index, n) -> packPlaces(array, array.layout().place(index), n, out));
    }

    /** The reverse of {@link #pack}; {@code box} is in the indices of {@code array}. */
    public static void unpack(Decoder in, PelArray array, Box box) {
        forEach(box, (index, n) -> unpackPlaces(in, array, array.layout().place(index), n));
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
        return Math.toIntExact(Math.multiplyExact(box.size(), Math.max(1, type.isObject() ? 16 : type.bytes())));
    }
}
