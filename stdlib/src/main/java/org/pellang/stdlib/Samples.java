package org.pellang.stdlib;

import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.PelArray;

/**
 * A 2-D array of numbers thinned to the pixels of a picture. Every rank picks the samples that it owns, so a large distributed array is never
 * gathered.
 *
 * @param values row-major, complete on rank 0 only
 * @param low least element of the whole array, NaN if there is none
 * @param high greatest element
 */
record Samples(int rows, int columns, double[] values, double low, double high) {
    /** Collective if {@code a} is distributed. At most {@code most} samples per axis. */
    static Samples of(Rank rank, Site site, PelArray a, int most) {
        Domain d = a.domain();
        int rows = (int) Math.min(d.extent(0), most);
        int columns = (int) Math.min(d.extent(1), most);
        Box owned = d.owned();
        double[] values = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            long i = sample(d, 0, r, rows);
            for (int c = 0; c < columns; c++) {
                long j = sample(d, 1, c, columns);
                if (owned.contains(i, j)) {
                    values[r * columns + c] = a.getDouble(a.at(i, j));
                }
            }
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int count = Math.toIntExact((owned.extent(1) + d.step(1) - 1) / d.step(1));
        int stride = Math.toIntExact(a.stride(1) * d.step(1));
        for (long i = owned.lo()[0]; i <= owned.hi()[0] && count > 0; i += d.step(0)) {
            int first = a.at(i, owned.lo()[1]);
            for (int j = 0; j < count; j++) {
                double x = a.getDouble(first + j * stride);
                if (Double.isFinite(x)) {
                    low = Math.min(low, x);
                    high = Math.max(high, x);
                }
            }
        }
        if (d.isDistributed()) {
            Comm world = rank.world();
            world.reduce(site, values, 0, values.length, Op.SUM, 0);
            low = world.allreduce(site, low, Op.MIN);
            high = world.allreduce(site, high, Op.MAX);
        }
        return new Samples(rows, columns, values, low, high);
    }

    /** The index in the middle of the stretch that sample {@code k} of {@code count} stands for. */
    private static long sample(Domain d, int axis, int k, int count) {
        return d.lo(axis) + (long) ((k + 0.5) * d.extent(axis) / count) * d.step(axis);
    }
}
