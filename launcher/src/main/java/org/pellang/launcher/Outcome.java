package org.pellang.launcher;

import java.util.List;

/**
 * How a job ended.
 *
 * @param exitCode for the shell: 0, the first failing rank's code, 128+s after signal s, 124 after a time-out, 130 after Ctrl-C
 * @param end in one word
 * @param report lines for the user about the cause, without the ranks' own report; empty if all went well
 */
public record Outcome(int exitCode, End end, List<String> report) {

    /** Why the job ended. */
    public enum End {
        COMPLETED,
        RANK_FAILED,
        KILLED_BY_SIGNAL,
        /** Nothing is heard any more from another host. */
        HOST_LOST,
        TIMED_OUT,
        INTERRUPTED
    }

    public Outcome {
        report = List.copyOf(report);
    }
}
