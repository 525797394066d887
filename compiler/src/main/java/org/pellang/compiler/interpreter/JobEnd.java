package org.pellang.compiler.interpreter;

/** Ends the job: by {@code abort}, or because another rank ended it. */
final class JobEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    JobEnd(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
