package org.pellang.runtime.collective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last choice for each collective: programs call the same ones again and again. */
final class Choices {
    private static final int KEYS = 2;

    private final @Nullable Algorithm[] chosen = new Algorithm[Collective.values().length];
    private final long[] keys = new long[KEYS * chosen.length];

    /** What was chosen if the last question was the same, else null. */
    @Nullable Algorithm of(Collective what, long bytes, long elements, boolean exact) {
        int at = what.ordinal();
        return keys[KEYS * at] == 2 * bytes + (exact ? 1 : 0) && keys[KEYS * at + 1] == elements ? chosen[at] : null;
    }

    void keep(Collective what, long bytes, long elements, boolean exact, Algorithm algorithm) {
        int at = what.ordinal();
        keys[KEYS * at] = 2 * bytes + (exact ? 1 : 0);
        keys[KEYS * at + 1] = elements;
        chosen[at] = algorithm;
    }

    void clear() {
        Arrays.fill(chosen, null);
    }
}
