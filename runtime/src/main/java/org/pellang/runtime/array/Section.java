package org.pellang.runtime.array;

/**
 * The indices of one axis that a rank owns: runs of consecutive indices at equal distances, all of one length but the last, which may be shorter.
 *
 * @param lo first index of the first run
 * @param hi last index of the last run; the section is empty if it is below {@code lo}
 * @param length indices of a run
 * @param period distance between the first indices of neighbouring runs, at least {@code length}
 */
public record Section(long lo, long hi, long length, long period) {
    /** One run. */
    public static Section interval(long lo, long hi) {
        long n = Math.max(1, hi - lo + 1);
        return new Section(lo, hi, n, n);
    }

    public boolean isEmpty() {
        return hi < lo;
    }

    /** Whether it is a single run, or empty. */
    public boolean isInterval() {
        return hi - lo < length;
    }

    public boolean contains(long i) {
        return i >= lo && i <= hi && (i - lo) % period < length;
    }

    /** Number of indices. */
    public long size() {
        return isEmpty() ? 0 : position(hi) + 1;
    }

    /** Number of indices of this section that are smaller than {@code i}, which is a position in packed storage if it has {@code i}. */
    public long position(long i) {
        long from = i - lo;
        return from / period * length + Math.min(from % period, length);
    }

    /** Number of the run that has {@code i}, or of the last one that begins before it; -1 if there is none. */
    public long run(long i) {
        return isEmpty() ? -1 : Math.floorDiv(Math.min(i, hi) - lo, period);
    }

    /** Number of the first run that ends at {@code i} or later; the number of runs if there is none. */
    public long runFrom(long i) {
        if (i <= lo) {
            return 0;
        }
        long run = (i - lo) / period;
        return i <= last(run) ? run : run + 1;
    }

    /** First index of a run. */
    public long first(long run) {
        return lo + run * period;
    }

    /** Last index of a run. */
    public long last(long run) {
        return Math.min(hi, lo + run * period + length - 1);
    }

    /** Number of indices in {@code low..high}. */
    public long count(long low, long high) {
        long from = Math.max(low, lo);
        long to = Math.min(high, hi);
        if (to < from) {
            return 0;
        }
        return position(to) + (contains(to) ? 1 : 0) - position(from);
    }
}
