package org.pellang.runtime.loop;

import org.pellang.runtime.PelTrap;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.Layout;
import org.pellang.runtime.array.PelArray;

/** Subscripts of divided loops that must be compared with the domain one by one. */
public final class Bounds {
    private static final long EXACT = 1L << 52;
    /** Ends of axes for which the place of any int index is exact modulo 2^32. */
    private static final long SMALL = 1L << 29;

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

    /** Number of iterations of {@code low, low + 1, ... < end}, at most the largest int: for loops that leave an array before they count that far. */
    public static int count(long low, long end) {
        return end <= low ? 0 : end - low < 0 || end - low > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) (end - low);
    }

    /** Number of indices along an axis, for {@link #at}; no rank stores more than an int counts. */
    public static int extent(Domain domain, int axis) {
        return (int) Math.min(Math.max(0, domain.hi(axis) - domain.lo(axis) + 1), Integer.MAX_VALUE);
    }

    /** How far an index lies from the lower end of its axis, as an int; what an int does not hold is outside and stays so. */
    public static int start(long index, long lo) {
        long from = index - lo;
        return from == (int) from ? (int) from : index < lo ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    /**
     * A position on an axis of so many indices; traps outside. In terms of ints, so that the JVM compares the ends of a counted loop only.
     *
     * @param position from 0, counted from {@code lo}; negative also if it ran over
     */
    public static int at(int position, int extent, long lo, int axis) {
        if (position < 0 || position >= extent) {
            throw outside(lo + position, lo, lo + extent - 1, axis);
        }
        return position;
    }

    /** An index as an int, for a storage that is compared with the ends of its Java array. */
    public static int narrow(long index) {
        if (index != (int) index) {
            throw new IndexOutOfBoundsException(index);
        }
        return (int) index;
    }

    /** A float towards zero as an int, for a storage that is compared with the ends of its Java array; one comparison, also for NaN. */
    public static int place(double x) {
        int place = (int) x;
        if (!(Math.abs(x) < 0x1p31)) {
            throw new IndexOutOfBoundsException("int(" + x + ")");
        }
        return place;
    }

    /**
     * Whether the ends of the Java arrays tell of every int index whether it lies in the domain of a one-axis array.
     *
     * @param view what the loop reads: the array or a copy of a part that holds all that the loop reads inside of the domain
     */
    public static boolean dense(PelArray view, PelArray array) {
        Layout layout = view.layout();
        Domain domain = array.domain();
        return layout.packed() == null && layout.size() == layout.storage().size()
                && layout.place(layout.storage().lo()) == 0
                && layout.storage().lo()[0] >= Math.max(domain.lo(0), -SMALL) && layout.storage().hi()[0] <= Math.min(domain.hi(0), SMALL);
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

    /** Runs what compares subscripts with the storage only; if one is outside, what compares each with its domain says which. */
    static void precisely(Runnable fast, Runnable checked) {
        try {
            fast.run();
        } catch (PelTrap e) {
            if (e.getCause() instanceof IndexOutOfBoundsException) {
                checked.run();
            }
            throw e;
        }
    }
}
