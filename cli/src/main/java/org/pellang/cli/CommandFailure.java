package org.pellang.cli;

/** Ends a command with one clear message and an exit code. */
public sealed class CommandFailure extends Exception permits SourceErrors {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The exit code for the shell. */
    public int exitCode() {
        return exitCode;
    }

    /** A file that cannot be read or written. */
    public static CommandFailure io(String message) {
        return new CommandFailure(ExitCode.IO, message);
    }

    /** A command line that cannot be meant so. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
