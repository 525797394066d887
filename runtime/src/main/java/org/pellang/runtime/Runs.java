package org.pellang.runtime;

import java.util.Arrays;
import java.util.Objects;

/** Runs of neighbouring elements, in order: all of one length at equal distances, or each by itself. */
sealed interface Runs {
    /** Takes a run, or a piece of one that fits into an array. */
    interface Taker {
        void take(long start, int length);
    }

    /** Number of runs. */
    long number();

    /** First element of a run; of run 0 also if there is none. */
    long start(long run);

    /** Elements of all runs. */
    long length();

    /** The run that holds the element with that number among all. */
    long holding(long element);

    /** Elements of the runs before. */
    long before(long run);

    /** Elements of a run. */
    long length(long run);

    static Runs one(long start, long length) {
        return new Even(start, 1, length, length);
    }

    static Runs even(long start, long number, long length, long stride) {
        return stride == length && number > 0 ? one(start, number * length) : new Even(start, number, length, stride);
    }

    static Runs at(long[] starts, long[] lengths) {
        long[] ends = new long[lengths.length];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += lengths[i];
            ends[i] = end;
        }
        return new Uneven(starts, ends);
    }

    /**
     * The rows of a box of a row-major array that begins at {@code first}.
     *
     * @throws CommException if there is not a start and an extent for each axis
     * @throws IndexOutOfBoundsException if the box is not inside
     */
    static Runs box(long first, long[] shape, long[] start, long[] extents) {
        int axes = shape.length;
        if (start.length != axes || extents.length != axes || axes == 0) {
            throw new CommException("a box needs a start and an extent for each of the " + axes + " axes");
        }
        long rows = 1;
        for (int d = 0; d < axes; d++) {
            Objects.checkFromIndexSize(start[d], extents[d], shape[d]);
            rows *= d < axes - 1 ? extents[d] : 1;
        }
        return new Rows(first, extents[axes - 1] == 0 ? 0 : rows, shape.clone(), start.clone(), extents.clone());
    }

    /** Some of these elements. */
    default Runs piece(long from, long length) {
        if (number() == 1) {
            return one(start(0) + from, length);
        }
        return new Piece(this, from, length);
    }

    /** Goes through {@code n} elements from the {@code from}-th on. */
    default void each(long from, int n, Taker taker) {
        int left = n;
        long at = from;
        while (left > 0) {
            long run = holding(at);
            long within = at - before(run);
            int here = (int) Math.min(left, length(run) - within);
            taker.take(start(run) + within, here);
            at += here;
            left -= here;
        }
    }

    /** All of one length at equal distances. */
    record Even(long first, long number, long each, long stride) implements Runs {
        @Override
        public long start(long run) {
            return first + run * stride;
        }

        @Override
        public long length() {
            return number * each;
        }

        @Override
        public long holding(long element) {
            return element / each;
        }

        @Override
        public long before(long run) {
            return run * each;
        }

        @Override
        public long length(long run) {
            return each;
        }
    }

    /** Each by itself: where it starts, and how many elements there are up to its end. */
    @SuppressWarnings("ArrayRecordComponent")
    record Uneven(long[] starts, long[] ends) implements Runs {
        @Override
        public long number() {
            return starts.length;
        }

        @Override
        public long start(long run) {
            return starts.length == 0 ? 0 : starts[(int) run];
        }

        @Override
        public long length() {
            return ends.length == 0 ? 0 : ends[ends.length - 1];
        }

        @Override
        public long holding(long element) {
            int at = Arrays.binarySearch(ends, element);
            // An end that equals the element belongs to a run before it; empty runs share their end with the one before.
            int run = at >= 0 ? at + 1 : -at - 1;
            while (ends[run] <= element) {
                run++;
            }
            return run;
        }

        @Override
        public long before(long run) {
            return run == 0 ? 0 : ends[(int) run - 1];
        }

        @Override
        public long length(long run) {
            return ends[(int) run] - before(run);
        }
    }

    /** Of a box, row after row. */
    @SuppressWarnings("ArrayRecordComponent")
    record Rows(long first, long number, long[] shape, long[] from, long[] extents) implements Runs {
        @Override
        public long start(long run) {
            int inner = shape.length - 1;
            long at = number == 0 ? 0 : from[inner];
            long rest = run;
            long step = shape[inner];
            for (int d = inner - 1; d >= 0 && number > 0; d--) {
                at += (from[d] + rest % extents[d]) * step;
                rest /= extents[d];
                step *= shape[d];
            }
            return first + at;
        }

        @Override
        public long length() {
            return number * length(0);
        }

        @Override
        public long holding(long element) {
            return element / length(0);
        }

        @Override
        public long before(long run) {
            return run * length(0);
        }

        @Override
        public long length(long run) {
            return extents[extents.length - 1];
        }
    }

    /** Some elements of other runs; the first and the last run may be cut. */
    record Piece(Runs whole, long from, long length) implements Runs {
        private long firstRun() {
            return length == 0 ? 0 : whole.holding(from);
        }

        @Override
        public long number() {
            return length == 0 ? 0 : whole.holding(from + length - 1) - firstRun() + 1;
        }

        @Override
        public long start(long run) {
            return whole.start(firstRun() + run) + (run == 0 ? from - whole.before(firstRun()) : 0);
        }

        @Override
        public long holding(long element) {
            return whole.holding(from + element) - firstRun();
        }

        @Override
        public long before(long run) {
            return run == 0 ? 0 : whole.before(firstRun() + run) - from;
        }

        @Override
        public long length(long run) {
            long end = Math.min(from + length, whole.before(firstRun() + run) + whole.length(firstRun() + run));
            return end - from - before(run);
        }
    }
}
