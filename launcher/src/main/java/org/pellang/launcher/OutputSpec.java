package org.pellang.launcher;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to the lines that ranks write.
 *
 * @param tag put {@code [rank]} before each line
 * @param timestamp put the time of day before each line
 * @param folder write {@code rank.N.out} and {@code rank.N.err} there instead of to the terminal
 * @param ranks show only these ranks; all if empty
 * @param captured give standard output to the caller instead of the launcher's own
 */
public record OutputSpec(boolean tag, boolean timestamp, Optional<Path> folder, Set<Integer> ranks, boolean captured) {

    /** Lines as they are. */
    public static final OutputSpec PLAIN = new OutputSpec(false, false, Optional.empty(), Set.of(), false);

    /** Lines as they are, for the caller to read. */
    public static final OutputSpec CAPTURED = new OutputSpec(false, false, Optional.empty(), Set.of(), true);

    public OutputSpec {
        ranks = Set.copyOf(ranks);
    }

    /** Whether it does not matter which rank a line comes from. */
    public boolean plain() {
        return !tag && !timestamp && folder.isEmpty() && ranks.isEmpty();
    }

    /** Whether ranks may write straight to the standard output of the launcher. */
    public boolean inherited() {
        return plain() && !captured;
    }
}
