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
 */
record JobSetup(Options options, Console console, long started, CheckpointOptions checkpoints) {}
