package org.pellang.runtime.bootstrap;

import java.util.List;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Transport;
import org.pellang.runtime.transport.local.LocalFabric;
import org.pellang.runtime.transport.shm.SharedSegment;

/** How the ranks of one JVM reach each other. */
sealed interface Wiring {
    Board board();

    Transport transport(int rank);

    /** Which thread runs a rank; called before it starts. */
    void bind(int rank, Thread thread);

    /** Rings a rank. */
    void wake(int rank);

    /** Threads of one JVM. */
    record Local(LocalFabric fabric) implements Wiring {
        @Override
        public Board board() {
            return fabric.board();
        }

        @Override
        public Transport transport(int rank) {
            return fabric.transport(rank);
        }

        @Override
        public void bind(int rank, Thread thread) {
            fabric.bind(rank, thread);
        }

        @Override
        public void wake(int rank) {
            fabric.wake(rank);
        }
    }

    /** A mapping of the shared segment per rank (ranks that are elsewhere use their own). */
    record Shared(List<SharedSegment> mappings) implements Wiring {
        @Override
        public Board board() {
            return mappings.getFirst().board();
        }

        @Override
        public Transport transport(int rank) {
            return mappings.get(mappings.size() == 1 ? 0 : rank).transport(rank);
        }

        @Override
        public void bind(int rank, Thread thread) {
            // The doorbell is a word of the segment.
        }

        @Override
        public void wake(int rank) {
            mappings.getFirst().wake(rank);
        }
    }
}
