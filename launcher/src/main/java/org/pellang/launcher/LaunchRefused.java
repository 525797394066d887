package org.pellang.launcher;

/** A job that cannot be started here, with the reason in one or two lines. */
public final class LaunchRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Exit code for a job that could not be started. */
    public static final int EXIT_CODE = 125;

    public LaunchRefused(String message) {
        super(message);
    }

    public LaunchRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
