package org.pellang.runtime.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of one running loop at its header.
 *
 * @param loop its number
 * @param visit how often it has been begun, this time included
 * @param pass number of the pass that is about to begin, from 1
 * @param lines lines of output so far
 * @param visits how often each loop had been begun
 * @param values encoded values by name
 * @param arrays arrays by name; this rank's parts
 */
record Frame(int loop, long visit, long pass, long lines, Map<Integer, Long> visits, Map<String, byte[]> values, Map<String, ArrayPart> arrays) {
    static Frame of(int loop, long visit, long pass, long lines, Map<Integer, Long> visits) {
        return new Frame(loop, visit, pass, lines, new TreeMap<>(visits), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** The file of an array of frame {@code k} of {@code n}; of one rank if they differ. */
    static String file(int k, int n, String name, @Nullable Integer rank) {
        String outer = k == n - 1 ? "" : "loop" + k + ".";
        return outer + name + (rank == null ? "" : ".rank" + rank) + ".npy";
    }
}
