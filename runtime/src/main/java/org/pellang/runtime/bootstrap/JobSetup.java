package org.pellang.runtime.bootstrap;

import org.pellang.runtime.Console;
import org.pellang.runtime.Options;
import org.pellang.runtime.checkpoint.CheckpointOptions;

/**
 * What all ranks of a JVM get.
 *
 * @param options the program's options
 * @param console where output goes
 * @param started {@link System#nanoTime} at the start
 * @param checkpoints where they go and come from
 * @param threads of each rank, with its own
 */
record JobSetup(Options options, Console console, long started, CheckpointOptions checkpoints, int threads) {
    /** The launcher's way to tell the number of threads, whatever starts the ranks. */
    private static final String THREADS = "pel.threads";

    /** With as many threads as the launcher says. */
    JobSetup(Options options, Console console, long started, CheckpointOptions checkpoints) {
        this(options, console, started, checkpoints, Math.max(1, Integer.getInteger(THREADS, 1)));
    }
}
