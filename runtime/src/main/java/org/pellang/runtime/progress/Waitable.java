package org.pellang.runtime.progress;

/** Something an endpoint can wait for. */
public interface Waitable {
    boolean done();

    /** Whether only another rank's sending can end the wait (else room or a lent buffer, which end by themselves). */
    boolean needsMessage();

    /** For reports, for instance {@code "recv from rank 1, tag 3"}. */
    String describe();
}
