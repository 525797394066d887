package org.pellang.stdlib;

import java.util.Arrays;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;

/**
 * Statistics of arrays of numbers, of any number of axes. A distributed array is first replicated (collective); results are the
 * same bits on any number of ranks. Variances are those of samples (divided by n - 1), as in Python's {@code statistics}.
 */
public final class Stats {
    private Stats() {}

    /** The numbers of {@code a} in row-major order, on every rank. */
    private static double[] values(Rank rank, Site site, PelArray a) {
        return Elements.doubles(whole(rank, site, a));
    }

    private static PelArray whole(Rank rank, Site site, PelArray a) {
        return a.domain().isDistributed() ? a.replicate(rank, site) : a;
    }

    private static boolean isInteger(PelArray a) {
        ElemType type = a.type();
        return type.equals(ElemType.INT) || type.equals(ElemType.INT32) || type.equals(ElemType.INT16) || type.equals(ElemType.BYTE);
    }

    /** {@code space}: the domain whose root the reduction tree is aligned to, also if {@code a} is a replica. */
    private static double meanOf(Domain space, PelArray a, double[] values, String function) {
        requireAtLeast(1, values, function);
        if (isInteger(a)) {
            return (double) Arrays.stream(Elements.longs(a)).sum() / values.length;
        }
        return TreeSum.of(space, values) / values.length;
    }

    private static void requireAtLeast(int count, double[] values, String function) {
        if (values.length < count) {
            throw new PelTrap(function + " of " + (values.length == 0 ? "nothing" : "one value"));
        }
    }

    /** Sum / count, by the reduction tree. Traps on an empty array. */
    public static double mean(Rank rank, Site site, PelArray a) {
        PelArray all = whole(rank, site, a);
        return meanOf(a.domain(), all, Elements.doubles(all), "mean");
    }

    /** Sample variance: squared distances from the mean, divided by n - 1. Traps on fewer than two elements. */
    public static double variance(Rank rank, Site site, PelArray a) {
        PelArray all = whole(rank, site, a);
        return comoment(a.domain(), all, all, "variance");
    }

    /** Square root of {@link #variance}. */
    public static double stddev(Rank rank, Site site, PelArray a) {
        return Math.sqrt(variance(rank, site, a));
    }

    /** Sample covariance of two arrays of one size. Traps on different sizes and on fewer than two elements. */
    public static double covariance(Rank rank, Site site, PelArray a, PelArray b) {
        return comoment(a.domain(), whole(rank, site, a), whole(rank, site, b), "covariance");
    }

    /** Pearson's correlation coefficient, NaN if one array is constant. */
    public static double correlation(Rank rank, Site site, PelArray a, PelArray b) {
        PelArray x = whole(rank, site, a);
        PelArray y = whole(rank, site, b);
        Domain space = a.domain();
        double scale = Math.sqrt(comoment(space, x, x, "correlation")) * Math.sqrt(comoment(space, y, y, "correlation"));
        return Math.clamp(comoment(space, x, y, "correlation") / scale, -1.0, 1.0);
    }

    private static double comoment(Domain space, PelArray a, PelArray b, String function) {
        double[] x = Elements.doubles(a);
        double[] y = Elements.doubles(b);
        if (x.length != y.length) {
            throw new PelTrap(function + " of arrays of " + x.length + " and " + y.length + " elements");
        }
        requireAtLeast(2, x, function);
        double meanX = meanOf(space, a, x, function);
        double meanY = meanOf(space, b, y, function);
        double[] products = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            products[i] = (x[i] - meanX) * (y[i] - meanY);
        }
        return TreeSum.of(space, products) / (x.length - 1);
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
        requireAtLeast(1, ascending, "quantile");
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
        requireAtLeast(1, values, "histogram");
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
