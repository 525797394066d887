package org.pellang.runtime.transport.mpi;

/** The MPI library cannot be used, or one of its functions has failed; the message says what can be done. */
public final class MpiException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Something that is needed is not installed. */
    public static final int MISSING = 4;

    private final int exitCode;

    MpiException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Exit code of a process that cannot go on because of this. */
    public int exitCode() {
        return exitCode;
    }
}
