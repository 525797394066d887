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
 */
public record OutputSpec(boolean tag, boolean timestamp, Optional<Path> folder, Set<Integer> ranks) {

    /** Lines as they are. */
    public static final OutputSpec PLAIN = new OutputSpec(false, false, Optional.empty(), Set.of());

    public OutputSpec {
        ranks = Set.copyOf(ranks);
    }

    /** Whether ranks may write straight to the standard output of the launcher. */
    public boolean plain() {
        return !tag && !timestamp && folder.isEmpty() && ranks.isEmpty();
    }
}
