package org.pellang.runtime.loop;

import org.pellang.runtime.array.Section;

/** The runs of a section within the bounds of an axis, numbered from 0. */
final class Cuts {
    private final Section section;
    private final long low;
    private final long high;
    private final long first;
    private final long count;

    Cuts(Section section, long low, long high) {
        this.section = section;
        this.low = low;
        this.high = high;
        boolean none = section.count(low, high) == 0;
        this.first = none ? 0 : section.runFrom(low);
        this.count = none ? 0 : section.run(high) - first + 1;
    }

    long count() {
        return count;
    }

    /** First index of run {@code k}. */
    long lo(long k) {
        return Math.max(low, section.first(first + k));
    }

    /** Last index of run {@code k}. */
    long hi(long k) {
        return Math.min(high, section.last(first + k));
    }

    /** Number of the run that has {@code i}. */
    long at(long i) {
        return section.run(i) - first;
    }

    boolean contains(long i) {
        return i >= low && i <= high && section.contains(i);
    }

    /** Whether it is all of {@code low..high}. */
    boolean whole() {
        return count == 1 && lo(0) == low && hi(0) == high;
    }
}
