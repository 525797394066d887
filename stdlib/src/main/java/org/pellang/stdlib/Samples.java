package org.pellang.stdlib;

import org.pellang.runtime.Comm;
import org.pellang.runtime.Op;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.OwnedSet;
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
        OwnedSet owned = d.root().owned(d.root().rank());
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
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        d.region().forEachRow((index, n) -> {
            if ((index[0] - d.lo(0)) % d.step(0) != 0) {
                return;
            }
            int first = a.layout().place(index);
            for (long j = Math.floorMod(d.lo(1) - index[1], d.step(1)); j < n; j += d.step(1)) {
                double x = a.getDouble(first + (int) j);
                if (Double.isFinite(x)) {
                    range[0] = Math.min(range[0], x);
                    range[1] = Math.max(range[1], x);
                }
            }
        });
        double low = range[0];
        double high = range[1];
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
