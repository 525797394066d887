package org.pellang.launcher;

/** A job that cannot be started here, with the reason in one or two lines. */
public final class LaunchRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Exit code for a job that could not be started. */
    public static final int EXIT_CODE = 125;

    private final int exitCode;

    public LaunchRefused(String message) {
        this(EXIT_CODE, message);
    }

    /** With another exit code, for instance 4 if something is not installed. */
    public LaunchRefused(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public LaunchRefused(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = EXIT_CODE;
    }

    /** Exit code of the command. */
    public int exitCode() {
        return exitCode;
    }
}
