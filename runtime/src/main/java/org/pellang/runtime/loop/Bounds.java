package org.pellang.runtime.loop;

import org.pellang.runtime.PelTrap;

/** Subscripts of divided loops that must be compared with the domain one by one. */
public final class Bounds {
    private static final long EXACT = 1L << 52;

    private Bounds() {}

    /** The index itself if it lies in {@code lo..hi}; traps elsewhere. */
    public static long check(long index, long lo, long hi, int axis) {
        if (index < lo || index > hi) {
            throw outside(index, lo, hi, axis);
        }
        return index;
    }

    /** The index of {@code lo..hi} that a subscript of a periodic axis means. */
    public static long wrap(long index, long lo, long hi, int axis) {
        if (index >= lo && index <= hi) {
            return index;
        }
        if (hi < lo) {
            throw outside(index, lo, hi, axis);
        }
        return lo + Math.floorMod(index - lo, hi - lo + 1);
    }

    private static PelTrap outside(long index, long lo, long hi, int axis) {
        return new PelTrap("index " + index + " outside " + lo + ".." + hi + " of axis " + axis);
    }

    /** Number of iterations of {@code low, low + step, ... < end}; traps beyond an int, since such a loop indexes an array. */
    public static int trips(long low, long end, long step) {
        long n = end <= low ? 0 : (end - low + step - 1) / step;
        if (n > Integer.MAX_VALUE) {
            throw new PelTrap("a loop of " + n + " iterations indexes an array that has fewer elements");
        }
        return (int) n;
    }

    /** The array, or a longer one with the same elements: at least {@code length}. */
    public static double[] room(double[] a, int length) {
        return length <= a.length ? a : java.util.Arrays.copyOf(a, Math.max(length, 2 * a.length));
    }

    /** Whether two ints, and all between them, are exact as floats with room to spare. */
    public static boolean exact(long first, long last) {
        return first > -EXACT && first < EXACT && last > -EXACT && last < EXACT;
    }

    /** What to throw if a place outside the storage was touched. */
    public static PelTrap outsideStorage(IndexOutOfBoundsException e) {
        return new PelTrap("a subscript lies outside the elements that this rank holds: " + e.getMessage(), e);
    }
}
