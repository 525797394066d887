package org.pellang.runtime.bootstrap;

/**
 * How a job ended.
 *
 * @param exitCode 0; 1 for traps, failures and deadlocks; 2 for usage errors; that of {@code abort}
 * @param report what was written on standard error about its end: the root cause, or warnings; may be empty
 */
public record Outcome(int exitCode, String report) {
    static final Outcome GOOD = new Outcome(0, "");
}
