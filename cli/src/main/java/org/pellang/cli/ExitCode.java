package org.pellang.cli;

/** Exit codes of {@code pelc} and of the front part of {@code pelrun}; a job that has run ends with the job's own. */
public final class ExitCode {
    public static final int OK = 0;
    /** The program has errors. */
    public static final int SOURCE_ERRORS = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** A file cannot be read or written. */
    public static final int IO = 3;
    /** A fault of PEL itself; a report file was written. */
    public static final int INTERNAL = 70;

    private ExitCode() {}
}
