package org.pellang.runtime.loop;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How reductions of floats are combined: {@code pelrun --reduce}. */
enum SumMode {
    /** On the fixed tree: the same bits on any number of ranks. */
    TREE,
    /** The exact sum, rounded once. */
    EXACT,
    /** Each rank's part, then the ranks in order: other bits on another number of ranks. */
    FAST;

    private static final SumMode CHOSEN = of(System.getenv("PEL_REDUCE"));

    static SumMode chosen() {
        return CHOSEN;
    }

    private static SumMode of(@Nullable String name) {
        return name == null || name.isEmpty() ? TREE : valueOf(name.toUpperCase(Locale.ROOT));
    }
}
