package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import org.pellang.runtime.Console;
import org.pellang.runtime.Options;
import org.pellang.runtime.checkpoint.CheckpointOptions;
import org.pellang.runtime.progress.Endpoint;

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

    /** The launcher's way to tell in which folder the ranks' flight recorders keep their files. */
    private static final String FLIGHTS = "pel.flights";

    /** With as many threads as the launcher says. */
    JobSetup(Options options, Console console, long started, CheckpointOptions checkpoints) {
        this(options, console, started, checkpoints, Math.max(1, Integer.getInteger(THREADS, 1)));
    }

    /** Lets a rank's recorder keep its file, if the launcher has named a folder. Without one, or if it cannot be written, it keeps all in memory. */
    static void record(Endpoint endpoint) {
        String folder = System.getProperty(FLIGHTS, "");
        if (!folder.isEmpty()) {
            try {
                endpoint.recorder().recordIn(Path.of(folder), endpoint.rank(), endpoint.size());
            } catch (IOException e) {
                // The recorder is for reports; the job does not depend on it.
            }
        }
    }
}
