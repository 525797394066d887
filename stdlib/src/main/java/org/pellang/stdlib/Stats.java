package org.pellang.stdlib;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/**
 * Statistics of arrays of numbers, of any number of axes; collective if an array is distributed. Means and variances work on the parts where
 * they are, all else replicates the array first. Results are the
 * same bits on any number of ranks. Variances are those of samples (divided by n - 1), as in Python's {@code statistics}.
 */
public final class Stats {
    private Stats() {}

    /** The numbers of {@code a} in row-major order, on every rank. */
    private static double[] values(Rank rank, Site site, PelArray a) {
        return Elements.doubles(a.domain().isDistributed() ? a.replicate(rank, site) : a);
    }

    private static boolean isInteger(PelArray a) {
        ElemType type = a.type();
        return type.equals(ElemType.INT) || type.equals(ElemType.INT32) || type.equals(ElemType.INT16) || type.equals(ElemType.BYTE);
    }

    /** Sum of {@code term(element)} by the reduction tree. */
    private static double sum(Rank rank, Site site, PelArray a, DoubleUnaryOperator term) {
        return a.domain().isDistributed()
                ? DistributedSum.of(rank, site, a, term)
                : TreeSum.of(a.domain(), Arrays.stream(Elements.doubles(a)).map(term).toArray());
    }

    private static long intSum(Rank rank, Site site, PelArray a) {
        return a.domain().isDistributed()
                ? DistributedSum.ofInts(rank, site, a)
                : Arrays.stream(Elements.longs(a)).sum();
    }

    private static void requireAtLeast(int count, long size, String function) {
        if (size < count) {
            throw new PelTrap(function + " of " + (size == 0 ? "nothing" : "one value"));
        }
    }

    /** Sum / count, by the reduction tree. Traps on an empty array. */
    public static double mean(Rank rank, Site site, PelArray a) {
        requireAtLeast(1, a.size(), "mean");
        double sum = isInteger(a) ? intSum(rank, site, a) : sum(rank, site, a, DoubleUnaryOperator.identity());
        return sum / a.size();
    }

    /** Sample variance: squared distances from the mean, divided by n - 1. Traps on fewer than two elements. */
    public static double variance(Rank rank, Site site, PelArray a) {
        requireAtLeast(2, a.size(), "variance");
        double mean = mean(rank, site, a);
        return sum(rank, site, a, x -> (x - mean) * (x - mean)) / (a.size() - 1);
    }

    /** Square root of {@link #variance}. */
    public static double stddev(Rank rank, Site site, PelArray a) {
        return Math.sqrt(variance(rank, site, a));
    }

    /** Sample covariance of two arrays of one size. Traps on different sizes and on fewer than two elements. */
    public static double covariance(Rank rank, Site site, PelArray a, PelArray b) {
        if (a.size() != b.size()) {
            throw new PelTrap("covariance of arrays of " + a.size() + " and " + b.size() + " elements");
        }
        requireAtLeast(2, a.size(), "covariance");
        double meanA = mean(rank, site, a);
        double meanB = mean(rank, site, b);
        double[] x = values(rank, site, a);
        double[] y = values(rank, site, b);
        Arrays.setAll(x, i -> (x[i] - meanA) * (y[i] - meanB));
        return TreeSum.of(a.domain(), x) / (x.length - 1);
    }

    /** Pearson's correlation coefficient, NaN if one array is constant. */
    public static double correlation(Rank rank, Site site, PelArray a, PelArray b) {
        double scale = stddev(rank, site, a) * stddev(rank, site, b);
        return Math.clamp(covariance(rank, site, a, b) / scale, -1.0, 1.0);
    }

    /**
     * The value below which a share {@code q} of the elements lies, interpolated linearly between neighbours (numpy's default, type 7 of
     * Hyndman and Fan). NaN if an element is NaN. Traps on an empty array and unless 0 <= q <= 1.
     */
    public static double quantile(Rank rank, Site site, PelArray a, double q) {
        return quantileOf(ascending(values(rank, site, a)), q);
    }

    /** The quantiles for several shares at once. */
    public static PelArray quantile(Rank rank, Site site, PelArray a, PelArray q) {
        double[] ascending = ascending(values(rank, site, a));
        return PelArray.ofDoubles(
                Arrays.stream(Elements.doubles(q)).map(share -> quantileOf(ascending, share)).toArray());
    }

    /** The 0.5 quantile. */
    public static double median(Rank rank, Site site, PelArray a) {
        return quantile(rank, site, a, 0.5);
    }

    private static double[] ascending(double[] values) {
        Arrays.sort(values);
        return values;
    }

    private static double quantileOf(double[] ascending, double q) {
        requireAtLeast(1, ascending.length, "quantile");
        if (!(q >= 0.0 && q <= 1.0)) {
            throw new PelTrap("quantile: the share must lie in 0..1, not " + Format.repr(q));
        }
        int last = ascending.length - 1;
        if (Double.isNaN(ascending[last])) {
            return Double.NaN;
        }
        double place = q * last;
        int below = Math.min((int) place, last);
        double low = ascending[below];
        double high = ascending[Math.min(below + 1, last)];
        double part = place - below;
        return low == high || part == 0.0 ? low : part < 0.5 ? low + (high - low) * part : high - (high - low) * (1.0 - part);
    }

    /**
     * How many elements fall into each of {@code bins} equal intervals of low..high; an interval holds its lower end, the last both; elements
     * outside and NaN are left out. Traps unless bins > 0 and low < high.
     */
    public static PelArray histogram(Rank rank, Site site, PelArray a, long bins, double low, double high) {
        return histogramOf(values(rank, site, a), bins, low, high);
    }

    /** The histogram between the least and the greatest element. */
    public static PelArray histogram(Rank rank, Site site, PelArray a, long bins) {
        double[] values = values(rank, site, a);
        requireAtLeast(1, values.length, "histogram");
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        return low == high ? histogramOf(values, bins, low - 0.5, high + 0.5) : histogramOf(values, bins, low, high);
    }

    private static PelArray histogramOf(double[] values, long bins, double low, double high) {
        if (bins <= 0 || bins > Integer.MAX_VALUE - 8 || !(low < high)) {
            throw new PelTrap("histogram: " + bins + " bins from " + Format.repr(low) + " to " + Format.repr(high));
        }
        long[] counts = new long[(int) bins];
        double scale = bins / (high - low);
        for (double x : values) {
            if (x >= low && x <= high) {
                counts[(int) Math.min((long) ((x - low) * scale), bins - 1)]++;
            }
        }
        return PelArray.ofLongs(counts);
    }
}
