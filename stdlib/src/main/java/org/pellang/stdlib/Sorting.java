package org.pellang.stdlib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Fn;
import org.pellang.runtime.value.PelList;

/**
 * Sorting and searching of local arrays of one axis and of lists. Order: see {@link Ordering}. Sorts are stable. New arrays
 * run over 0..n-1. Arrays of floats and ints take primitive paths.
 */
public final class Sorting {
    private Sorting() {}

    /** The elements in ascending order. */
    public static PelArray sorted(PelArray a) {
        Elements.requireLine(a, "sorted");
        if (a.type().equals(ElemType.FLOAT)) {
            double[] values = Elements.doubles(a);
            Arrays.sort(values);
            return PelArray.ofDoubles(values);
        }
        if (a.type().equals(ElemType.INT)) {
            long[] values = Elements.longs(a);
            Arrays.sort(values);
            return PelArray.ofLongs(values);
        }
        Object[] values = Elements.objects(a);
        Arrays.sort(values, Ordering::compare);
        return Elements.ofObjects(a, Arrays.asList(values));
    }

    /** The elements of an array that may be distributed, in ascending order over the same domain. Collective. */
    public static PelArray sorted(Rank rank, Site site, PelArray a) {
        if (a.domain().isDistributed()) {
            return DistributedSort.sorted(rank, site, a);
        }
        PelArray result = PelArray.create(a.domain(), a.type());
        put(result, sorted(a));
        return result;
    }

    /** The elements in ascending order of {@code by(element)}, which is called once for each. */
    public static PelArray sorted(PelArray a, Fn by) {
        Elements.requireLine(a, "sorted");
        Object[] values = Elements.objects(a);
        Object[] keys = Arrays.stream(values).map(by::apply).toArray();
        List<Object> result = new ArrayList<>(values.length);
        for (int i : order(keys.length, (x, y) -> Ordering.compare(keys[x], keys[y]))) {
            result.add(values[i]);
        }
        return Elements.ofObjects(a, result);
    }

    /** Sorts {@code a} in place. */
    public static void sort(PelArray a) {
        put(a, sorted(a));
    }

    /** Sorts {@code a} in place by {@code by(element)}. */
    public static void sort(PelArray a, Fn by) {
        put(a, sorted(a, by));
    }

    private static void put(PelArray target, PelArray values) {
        int[] to = Elements.positions(target);
        for (int i = 0; i < to.length; i++) {
            target.set(to[i], values.get(i));
        }
    }

    /** Sorts {@code list} in place. */
    public static <T> void sort(PelList<T> list) {
        list.asList().sort(Ordering::compare);
    }

    /** Sorts {@code list} in place by {@code by(element)}. */
    public static <T> void sort(PelList<T> list, Fn by) {
        list.asList().sort((x, y) -> Ordering.compare(by.apply(x), by.apply(y)));
    }

    /** A list of the elements in ascending order. */
    public static <T> PelList<T> sorted(PelList<T> list) {
        PelList<T> copy = list.copy();
        sort(copy);
        return copy;
    }

    /** A list of the elements in ascending order of {@code by(element)}. */
    public static <T> PelList<T> sorted(PelList<T> list, Fn by) {
        PelList<T> copy = list.copy();
        sort(copy, by);
        return copy;
    }

    /** The positions (from 0) of the elements in ascending order of the elements; equal ones in order of position. */
    public static PelArray argsort(PelArray a) {
        Elements.requireLine(a, "argsort");
        Comparator<Integer> comparator;
        if (a.type().equals(ElemType.FLOAT)) {
            double[] values = Elements.doubles(a);
            comparator = (x, y) -> Double.compare(values[x], values[y]);
        } else if (a.type().equals(ElemType.INT)) {
            long[] values = Elements.longs(a);
            comparator = (x, y) -> Long.compare(values[x], values[y]);
        } else {
            Object[] values = Elements.objects(a);
            comparator = (x, y) -> Ordering.compare(values[x], values[y]);
        }
        Integer[] order = order(Elements.count(a), comparator);
        return PelArray.ofLongs(Arrays.stream(order).mapToLong(Integer::longValue).toArray());
    }

    private static Integer[] order(int n, Comparator<Integer> comparator) {
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, comparator);
        return order;
    }

    /** The elements from the last to the first. */
    public static PelArray reversed(PelArray a) {
        Elements.requireLine(a, "reversed");
        List<Object> values = new ArrayList<>(Arrays.asList(Elements.objects(a)));
        return Elements.ofObjects(a, values.reversed());
    }

    /** The elements from the last to the first. */
    public static <T> PelList<T> reversed(PelList<T> list) {
        return PelList.copyOf(list.asList().reversed());
    }

    /** Every value once, in order of first occurrence. */
    public static PelArray distinct(PelArray a) {
        return Elements.ofObjects(a, new ArrayList<>(new LinkedHashSet<>(Arrays.asList(Elements.objects(a)))));
    }

    /** Every value once, in order of first occurrence. */
    public static <T> PelList<T> distinct(PelList<T> list) {
        return PelList.copyOf(new ArrayList<>(new LinkedHashSet<>(list.asList())));
    }

    /** First position (from 0) in the ascending {@code a} whose element is not less than {@code x}; n if there is none. */
    public static long search(PelArray a, Object x) {
        Elements.requireLine(a, "search");
        long first = a.domain().lo(0);
        long step = a.domain().step(0);
        long low = 0;
        long high = a.size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Ordering.compare(a.get(a.at(first + middle * step)), x) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Cuts the ascending {@code a} at the ascending {@code pivots}: part k holds the elements from pivot k-1 (included) to pivot k
     * (excluded); n pivots give n + 1 parts.
     */
    public static PelList<PelArray> splitAt(PelArray a, PelArray pivots) {
        Elements.requireLine(a, "split_at");
        List<Object> values = Arrays.asList(Elements.objects(a));
        PelList<PelArray> parts = new PelList<>();
        int from = 0;
        for (Object pivot : Elements.objects(pivots)) {
            int to = (int) search(a, pivot);
            if (to < from) {
                throw new PelTrap("split_at: the pivots do not ascend");
            }
            parts.push(Elements.ofObjects(a, values.subList(from, to)));
            from = to;
        }
        parts.push(Elements.ofObjects(a, values.subList(from, values.size())));
        return parts;
    }

    /** The elements of ascending arrays, ascending; equal ones in order of the arrays. Traps on a list of no arrays. */
    public static PelArray merge(PelList<PelArray> parts) {
        if (parts.size() == 0) {
            throw new PelTrap("merge of no arrays");
        }
        List<PelArray> round = parts.asList();
        while (round.size() > 1) {
            List<PelArray> next = new ArrayList<>();
            for (int i = 0; i < round.size(); i += 2) {
                next.add(i + 1 < round.size() ? merge(round.get(i), round.get(i + 1)) : round.get(i));
            }
            round = next;
        }
        return round.getFirst();
    }

    /** The elements of two ascending arrays, ascending. */
    public static PelArray merge(PelArray a, PelArray b) {
        if (a.type().equals(ElemType.INT)) {
            return PelArray.ofLongs(merged(Elements.longs(a), Elements.longs(b)));
        }
        if (a.type().equals(ElemType.FLOAT)) {
            return PelArray.ofDoubles(merged(Elements.doubles(a), Elements.doubles(b)));
        }
        Object[] x = Elements.objects(a);
        Object[] y = Elements.objects(b);
        List<Object> out = new ArrayList<>(x.length + y.length);
        int i = 0;
        int j = 0;
        while (i < x.length || j < y.length) {
            boolean first = j == y.length || i < x.length && Ordering.compare(x[i], y[j]) <= 0;
            out.add(first ? x[i++] : y[j++]);
        }
        return Elements.ofObjects(a, out);
    }

    private static long[] merged(long[] x, long[] y) {
        long[] out = new long[x.length + y.length];
        int i = 0;
        int j = 0;
        for (int n = 0; n < out.length; n++) {
            out[n] = j == y.length || i < x.length && x[i] <= y[j] ? x[i++] : y[j++];
        }
        return out;
    }

    private static double[] merged(double[] x, double[] y) {
        double[] out = new double[x.length + y.length];
        int i = 0;
        int j = 0;
        for (int n = 0; n < out.length; n++) {
            out[n] = j == y.length || i < x.length && Double.compare(x[i], y[j]) <= 0 ? x[i++] : y[j++];
        }
        return out;
    }

    /** The elements of {@code a}, then those of {@code b}. */
    public static PelArray concat(PelArray a, PelArray b) {
        List<Object> all = new ArrayList<>(Arrays.asList(Elements.objects(a)));
        all.addAll(Arrays.asList(Elements.objects(b)));
        return Elements.ofObjects(a, all);
    }

    /** The elements in an order that depends on the seed alone (Fisher and Yates). */
    public static PelArray shuffle(long seed, PelArray a) {
        Object[] values = Elements.objects(a);
        List<Object> result = new ArrayList<>(values.length);
        for (int i : RandomFunctions.permutation(seed, values.length)) {
            result.add(values[i]);
        }
        return Elements.ofObjects(a, result);
    }
}
