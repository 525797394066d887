package org.pellang.runtime.loop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Box;
import org.pellang.runtime.array.Domain;

/**
 * The first runs of a loop go in several pieces. The JVM compiles a long-running method while its loops run; a method that it compiles before it has ever seen it end takes the
 * code behind the loops for dead, and is thrown away when that code is reached: then the slow form runs until the method is compiled once more. Loops of vectors are 50 times
 * slower in that form.
 */
final class FirstRuns {
    private static final int RUNS = 3;
    private static final int PIECES = 48;
    /** Smaller boxes are over before anything is compiled. */
    private static final long SMALL = 1024;

    private static final Map<Site, AtomicInteger> SEEN = new ConcurrentHashMap<>();

    private FirstRuns() {}

    /** The pieces of a box in index order: the box itself, unless its loop is new. */
    static List<Box> pieces(Site site, Domain space, Box box) {
        if (box.size() < SMALL) {
            return box.isEmpty() ? List.of() : List.of(box);
        }
        AtomicInteger seen = SEEN.get(site);
        if (seen == null) {
            seen = SEEN.computeIfAbsent(site, s -> new AtomicInteger());
        }
        return seen.get() >= RUNS || seen.getAndIncrement() >= RUNS ? List.of(box) : Shares.of(space, box, PIECES, 1);
    }
}
