package org.pellang.runtime;

/** A started send, receive or collective (MPI_Request). Its buffer must not be written (receive: nor read) until it is complete. One thread uses it. */
public interface Request {
    /** Waits for completion (MPI_Wait). @return what arrived; of a send: the peer, tag and length sent */
    Status await();

    /** Whether it is complete (MPI_Test); makes progress, never blocks. */
    boolean test();

    /** Takes back a receive that no message has met yet (MPI_Cancel). False if it is too late, or for sends and collectives. */
    default boolean cancel() {
        return false;
    }

    /** Waits for all of them (MPI_Waitall). */
    static void awaitAll(Request... requests) {
        for (Request request : requests) {
            request.await();
        }
    }
}
