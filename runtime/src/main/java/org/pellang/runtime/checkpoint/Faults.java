package org.pellang.runtime.checkpoint;

/** Where tests let ranks die: told of every message and of every step of a checkpoint, before it happens; and where a test may say whose turn it is. */
@FunctionalInterface
public interface Faults {
    /** Nothing ever happens. */
    Faults NONE = (rank, what) -> {};

    /** A rank is about to do something; throws {@link RankKilled} if it dies instead. */
    void event(int rank, String what);

    /** A rank has nothing to do until something comes. Returns whether it has waited here, in some way, instead of in its transport. */
    default boolean waits(int rank) {
        return false;
    }

    /** Nanoseconds from some moment on, for intervals and costs. */
    default long now() {
        return System.nanoTime();
    }

    /** A rank's program has returned. */
    default void ended(int rank) {}

    /** The sudden death of a rank. */
    final class RankKilled extends Error {
        private static final long serialVersionUID = 1L;

        /** @param what it was about to do */
        public RankKilled(int rank, String what) {
            super("rank " + rank + " was killed before: " + what, null, false, false);
        }
    }
}
