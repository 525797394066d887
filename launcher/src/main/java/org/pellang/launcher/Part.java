package org.pellang.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program of a job and its ranks. A job may have several (mpirun's {@code :}); ranks are numbered through, the first program's first.
 *
 * @param program the jar of the compiled program
 * @param arguments its own options
 * @param ranks how many, at least 1
 * @param environment variables that are set for its ranks alone
 * @param folder where its ranks run, if that is not the job's folder
 */
public record Part(Path program, List<String> arguments, int ranks, Map<String, String> environment, Optional<Path> folder) {
    /** Variable that tells a rank the number of its program, from 0 on, in a job of several. */
    public static final String VARIABLE = "PEL_PART";

    public Part {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (ranks < 1) {
            throw new IllegalArgumentException("a program needs at least one rank, not " + ranks);
        }
    }
}
