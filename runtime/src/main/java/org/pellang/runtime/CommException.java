package org.pellang.runtime;

/** A failed communication: the message names the operation, the peer and what did not fit. Ends the job with a report. */
public class CommException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message operation, peer and reason */
    public CommException(String message) {
        super(message);
    }
}
