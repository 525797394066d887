package org.pellang.runtime.bootstrap;

import org.pellang.runtime.Console;
import org.pellang.runtime.Options;

/**
 * What all ranks of a JVM get.
 *
 * @param options the program's options
 * @param console where output goes
 * @param started {@link System#nanoTime} at the start
 */
record JobSetup(Options options, Console console, long started) {}
