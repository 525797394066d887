package org.pellang.stdlib;

import java.util.Arrays;
import java.util.List;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/** Reads the elements of a replicated array in row-major order, whatever its bounds, steps and storage geometry. */
final class Elements {
    private Elements() {}

    /** Number of elements; traps beyond what one JVM array can hold. */
    static int count(PelArray a) {
        if (a.size() > Integer.MAX_VALUE - 8) {
            throw new PelTrap("an array of " + a.size() + " elements is too large to be handled whole");
        }
        return (int) a.size();
    }

    /** Storage position of every element, in row-major order of the indices. */
    static int[] positions(PelArray a) {
        int[] positions = new int[count(a)];
        if (positions.length == 0 || a.dense()) {
            Arrays.setAll(positions, i -> i);
            return positions;
        }
        Domain d = a.domain();
        int n = 0;
        for (long i = d.lo(0); i <= d.hi(0); i += d.step(0)) {
            if (a.axes() == 1) {
                positions[n++] = a.at(i);
                continue;
            }
            for (long j = d.lo(1); j <= d.hi(1); j += d.step(1)) {
                if (a.axes() == 2) {
                    positions[n++] = a.at(i, j);
                    continue;
                }
                for (long k = d.lo(2); k <= d.hi(2); k += d.step(2)) {
                    positions[n++] = a.at(i, j, k);
                }
            }
        }
        return positions;
    }

    /** The elements as doubles (of any numeric element type). */
    static double[] doubles(PelArray a) {
        if (a.dense() && a.type().equals(ElemType.FLOAT)) {
            return a.f64(0).clone();
        }
        int[] at = positions(a);
        double[] values = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            values[i] = a.getDouble(at[i]);
        }
        return values;
    }

    /** The elements as longs (of any integer element type). */
    static long[] longs(PelArray a) {
        if (a.dense() && a.type().equals(ElemType.INT)) {
            return a.i64(0).clone();
        }
        int[] at = positions(a);
        long[] values = new long[at.length];
        for (int i = 0; i < at.length; i++) {
            values[i] = a.getLong(at[i]);
        }
        return values;
    }

    /** The elements, boxed. */
    static Object[] objects(PelArray a) {
        int[] at = positions(a);
        Object[] values = new Object[at.length];
        for (int i = 0; i < at.length; i++) {
            values[i] = a.get(at[i]);
        }
        return values;
    }

    /** A replicated 1-D array over 0..n-1 of these strings. */
    static PelArray ofStrings(List<String> values) {
        return PelArray.ofStrings(values.toArray(String[]::new));
    }

    /** A replicated 1-D array over 0..n-1 of the element type of {@code like}; lists and arrays in it are copies. */
    static PelArray ofObjects(PelArray like, List<?> values) {
        return PelArray.ofObjects(like.type(), values.stream().map(ElemType::copyValue).toArray());
    }

    /** Traps unless {@code a} has one axis. */
    static void requireLine(PelArray a, String function) {
        if (a.axes() != 1) {
            throw new PelTrap(function + " takes an array of one axis, not of " + a.axes());
        }
    }
}
