package org.pellang.compiler.diagnostic;

/** A fault of the compiler itself; reported to the user as PEL9999 with a file to send in. */
public final class CompilerBug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CompilerBug(String message) {
        super(message);
    }

    public CompilerBug(String message, Throwable cause) {
        super(message, cause);
    }
}
