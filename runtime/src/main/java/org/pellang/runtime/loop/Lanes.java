package org.pellang.runtime.loop;

import org.pellang.runtime.PelTrap;

/** The ends of reductions in generated kernels: lanes of a leaf combined by halving, and the traps of empty reductions. */
public final class Lanes {
    private Lanes() {}

    /** Sum of 16 lanes by halving; changes the array. */
    public static double sum(double[] lanes) {
        for (int half = lanes.length >> 1; half > 0; half >>= 1) {
            for (int k = 0; k < half; k++) {
                lanes[k] += lanes[k + half];
            }
        }
        return lanes[0];
    }

    /** Product of 16 lanes by halving; changes the array. */
    public static double product(double[] lanes) {
        for (int half = lanes.length >> 1; half > 0; half >>= 1) {
            for (int k = 0; k < half; k++) {
                lanes[k] *= lanes[k + half];
            }
        }
        return lanes[0];
    }

    /** Sum of 16 lanes of float32 by halving; changes the array. */
    public static double sum32(double[] lanes) {
        for (int half = lanes.length >> 1; half > 0; half >>= 1) {
            for (int k = 0; k < half; k++) {
                lanes[k] = (float) (lanes[k] + lanes[k + half]);
            }
        }
        return lanes[0];
    }

    /** Product of 16 lanes of float32 by halving; changes the array. */
    public static double product32(double[] lanes) {
        for (int half = lanes.length >> 1; half > 0; half >>= 1) {
            for (int k = 0; k < half; k++) {
                lanes[k] = (float) (lanes[k] * lanes[k + half]);
            }
        }
        return lanes[0];
    }

    /** The position of an argmin or argmax; traps if there was none. */
    public static long found(long position) {
        if (position < 0) {
            throw new PelTrap("argmin or argmax of nothing");
        }
        return position;
    }

    /** The extreme of {@code count} ints; traps if there were none. */
    public static long extreme(long value, long count) {
        if (count == 0) {
            throw new PelTrap("min or max of no ints");
        }
        return value;
    }

    /** The divisor of a mean; traps if there was nothing. */
    public static double count(long count) {
        if (count == 0) {
            throw new PelTrap("mean of nothing");
        }
        return count;
    }
}
