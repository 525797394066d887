package org.pellang.runtime.loop;

import java.util.List;

/** Which indices of an array a loop may read, as a box. A pure function: every rank evaluates it for the loop boxes of all ranks. */
@FunctionalInterface
public interface Need {
    /**
     * @param loopLo lowest indices of a non-empty loop box, one per axis of the loop's space; not to be changed
     * @param loopHi highest indices
     * @param lo receives the lowest index read, one per axis of the array; may lie outside its domain
     * @param hi receives the highest index read; below {@code lo} if nothing is read
     */
    void box(long[] loopLo, long[] loopHi, long[] lo, long[] hi);

    /** Whether every element that is read differs from the iteration's own index on one axis at most: the corners of the box are not. */
    default boolean star() {
        return false;
    }

    /** The same box without its corners. */
    static Need star(Need box) {
        return new Need() {
            @Override
            public void box(long[] loopLo, long[] loopHi, long[] lo, long[] hi) {
                box.box(loopLo, loopHi, lo, hi);
            }

            @Override
            public boolean star() {
                return true;
            }
        };
    }

    /** Needs whose boxes together hold all that is read, if the one box around them may hold much that is not; else this need alone. */
    default List<Need> parts() {
        return List.of(this);
    }

    /** Reads that lie far from each other. @param around the box around them all */
    static Need apart(Need around, Need... parts) {
        List<Need> all = List.of(parts);
        return new Need() {
            @Override
            public void box(long[] loopLo, long[] loopHi, long[] lo, long[] hi) {
                around.box(loopLo, loopHi, lo, hi);
            }

            @Override
            public List<Need> parts() {
                return all;
            }
        };
    }
}
