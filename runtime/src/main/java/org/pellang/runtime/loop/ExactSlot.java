package org.pellang.runtime.loop;

import org.jspecify.annotations.Nullable;
import org.pellang.runtime.array.Column;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** The exact sum of one slot: of a number, or of every element of a reduced array. */
final class ExactSlot {
    private final Reduction reduction;
    private final int slot;
    /** One per number, column by column; null: nothing but zeros so far. */
    private final @Nullable ExactSum[] sums;

    private ExactSlot(Reduction reduction, int slot, int numbers) {
        this.reduction = reduction;
        this.slot = slot;
        this.sums = new ExactSum[numbers];
    }

    static ExactSlot of(Reduction reduction, int slot) {
        int numbers = reduction instanceof Reduction.OfObject o && o.identity().get() instanceof PelArray like
                ? like.type().columns() * like.layout().size() : 1;
        return new ExactSlot(reduction, slot, numbers);
    }

    private ExactSum sum(int number) {
        ExactSum sum = sums[number];
        if (sum == null) {
            sum = new ExactSum();
            sums[number] = sum;
        }
        return sum;
    }

    /** Adds what an iteration gave. */
    void add(Slots values) {
        if (values.o[slot] instanceof PelArray array) {
            int size = array.layout().size();
            for (int k = 0; k < sums.length; k++) {
                double x = number(array, k / size, k % size);
                if (x != 0.0) {
                    sum(k).add(x);
                }
            }
        } else {
            sum(0).add(values.f[slot]);
        }
    }

    private static double number(PelArray array, int column, int at) {
        return array.type().column(column) == Column.F64 ? array.f64(column)[at] : array.f32(column)[at];
    }

    /** Adds the sums of another thread. */
    void add(ExactSlot other) {
        for (int k = 0; k < sums.length; k++) {
            ExactSum theirs = other.sums[k];
            if (theirs != null) {
                sum(k).add(theirs);
            }
        }
    }

    /** Appends the sums for another rank. */
    void write(Encoder out) {
        for (int k = 0; k < sums.length; k++) {
            ExactSum sum = sums[k];
            out.putInt(sum == null ? 0 : 1);
            if (sum != null) {
                sum.write(out);
            }
        }
    }

    /** Adds the sums of another rank. */
    void add(Decoder in) {
        for (int k = 0; k < sums.length; k++) {
            if (in.getInt() == 1) {
                sum(k).add(in);
            }
        }
    }

    /** Puts the sums, each rounded once, into the slot. */
    void round(Slots values) {
        if (values.o[slot] instanceof PelArray array) {
            int size = array.layout().size();
            for (int k = 0; k < sums.length; k++) {
                ExactSum sum = sums[k];
                if (array.type().column(k / size) == Column.F64) {
                    array.f64(k / size)[k % size] = sum == null ? 0.0 : sum.rounded();
                } else {
                    array.f32(k / size)[k % size] = sum == null ? 0.0f : sum.roundedToFloat();
                }
            }
        } else {
            values.f[slot] = reduction == Reduction.OfDouble.SUM32 ? sum(0).roundedToFloat() : sum(0).rounded();
        }
    }
}
