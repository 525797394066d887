package org.pellang.runtime;

/**
 * A run-time error of the PEL program itself: failed assert, subscript out of bounds, division by zero, lossy conversion.
 * Reports show the message and the {@code .pel} location, never a Java name.
 */
public class PelTrap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what went wrong, in the words of the language */
    public PelTrap(String message) {
        super(message);
    }

    /** @param cause kept for debugging, not shown to users */
    public PelTrap(String message, Throwable cause) {
        super(message, cause);
    }
}
