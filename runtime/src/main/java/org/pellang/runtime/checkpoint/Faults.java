package org.pellang.runtime.checkpoint;

/** Where tests let ranks die: told of every message and of every step of a checkpoint, before it happens. */
@FunctionalInterface
public interface Faults {
    /** Nothing ever happens. */
    Faults NONE = (rank, what) -> {};

    /** A rank is about to do something; throws {@link RankKilled} if it dies instead. */
    void event(int rank, String what);

    /** The sudden death of a rank. */
    final class RankKilled extends Error {
        private static final long serialVersionUID = 1L;

        /** @param what it was about to do */
        public RankKilled(int rank, String what) {
            super("rank " + rank + " was killed before: " + what, null, false, false);
        }
    }
}
