package org.pellang.runtime;

/** A started send or receive. Its buffer must not be written (receive: nor read) until it is complete. One thread uses it. */
public interface Request {
    /** Waits for completion. @return what arrived; of a send: the peer, tag and length sent */
    Status await();

    /** Whether it is complete; makes progress, never blocks. */
    boolean test();

    /** Waits for all of them. */
    static void awaitAll(Request... requests) {
        for (Request request : requests) {
            request.await();
        }
    }
}
