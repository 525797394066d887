package org.pellang.runtime;

/** Thrown by {@link Rank#abort}: ends the job, not an error of the program. */
public final class AbortSignal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long code;

    AbortSignal(long code) {
        super("abort(" + code + ") was called");
        this.code = code;
    }

    /** What the job exits with. */
    public int exitCode() {
        int low = (int) (code & 255);
        return low == 0 ? 1 : low;
    }
}
