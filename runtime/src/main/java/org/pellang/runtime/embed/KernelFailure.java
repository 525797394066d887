package org.pellang.runtime.embed;

import org.jspecify.annotations.Nullable;

/**
 * A PEL function that was called from Java did not return: it trapped, an {@code assert} failed, its ranks are deadlocked, or it called {@code abort}. The message says on
 * which rank and where, with the place in the {@code .pel} file; the cause is what the rank threw, if it threw.
 */
public final class KernelFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    KernelFailure(String message, int exitCode, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What {@code pelrun} would have ended with: 1, or the argument of {@code abort}. */
    public int exitCode() {
        return exitCode;
    }
}
