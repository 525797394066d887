package org.pellang.runtime.transport;

import org.pellang.runtime.memory.Kind;

/**
 * One rank's access to the others: ordered, reliable delivery per pair of ranks. Used by the rank's thread, except
 * {@link #wake} and {@link #board}. Every message (cell) is counted on the board before it becomes visible.
 */
public interface Transport {
    /** This rank. */
    int rank();

    /** Number of ranks. */
    int size();

    /** The job's board. */
    Board board();

    /** Sends a short message at once, copying it. False if it is not short or there is no room: use {@link #push}. */
    boolean offer(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count);

    /**
     * Hands over as much as there is room for; sets {@link Outgoing#accepted} when all is. To be called again until then, before
     * any later message to the same destination. Returns whether something moved.
     */
    boolean push(Outgoing message);

    /** Whether {@link #push} may lend the sender's array to that receiver instead of copying it. */
    boolean lends(int destination);

    /** Whether all that was handed over for that rank is out of this rank's hands; else {@link #poll} goes on with it. */
    boolean flushed(int destination);

    /** Takes in what has come; returns the number of messages (cells). */
    int poll(Sink sink);

    /** Credit that a receiver has given back to this rank so far, all together. */
    long returned(int destination);

    /** Gives credit back to a sender: what it was spent on needs no memory here any more. */
    void giveBack(int source, long credit);

    /** Shows on the board how many messages have been polled (only when none of them ended the wait). */
    void publishPolled();

    /** Shows on the board what the rank is doing. */
    default void show(Board.State state) {
        board().show(rank(), state);
    }

    /** The rank's program has returned: shows it, and wakes those who wait for it if it is the last. */
    void ended();

    /** Announces that this rank is about to park: whoever sends from now on rings. A last poll follows. */
    void beforePark();

    /** Sleeps until somebody rings, or not at all if somebody has since {@link #beforePark}. */
    void park();

    /** No longer parked. */
    void afterPark();

    /** Rings, if that rank is parked. */
    void wake(int rank);
}
