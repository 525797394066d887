package org.pellang.runtime;

/** The command line does not fit the program: message and exit code 2, or the text of {@code --help} and exit code 0. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    UsageException(int exitCode, String text) {
        super(text);
        this.exitCode = exitCode;
    }

    /** 0: the message is the help text, for standard output; 2: a usage error. */
    public int exitCode() {
        return exitCode;
    }
}
