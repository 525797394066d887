package org.pellang.runtime.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Transport;
import org.pellang.runtime.transport.local.LocalFabric;
import org.pellang.runtime.transport.mixed.MixedTransport;
import org.pellang.runtime.transport.ring.RingTransport;
import org.pellang.runtime.transport.shm.SharedSegment;
import org.pellang.runtime.transport.tcp.TcpTransport;

/** How the ranks of one JVM reach each other. */
sealed interface Wiring {
    Board board();

    Transport transport(int rank);

    /** Which thread runs a rank; called before it starts. */
    void bind(int rank, Thread thread);

    /** Rings a rank. */
    void wake(int rank);

    /** The ranks that this JVM runs. */
    default int[] ranks() {
        return IntStream.range(0, board().ranks()).toArray();
    }

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

    /** Threads of this JVM through its memory, other JVMs on this host through shared memory, other hosts over TCP. */
    @SuppressWarnings("ArrayRecordComponent")
    record Hosts(LocalFabric fabric, Board board, int[] ranks, Map<Integer, TcpTransport> far, Neighbours neighbours) implements Wiring {
        @Override
        public Transport transport(int rank) {
            TcpTransport mine = of(rank);
            List<RingTransport> near = new ArrayList<>();
            near.add(new RingTransport(fabric, rank - ranks[0], ranks, board.ranks()));
            neighbours.ring(rank, board.ranks(), mine).ifPresent(near::add);
            return new MixedTransport(near, mine);
        }

        @Override
        public void bind(int rank, Thread thread) {
            TcpTransport mine = of(rank);
            fabric.bell(rank - ranks[0], () -> mine.wake(rank));
        }

        @Override
        public void wake(int rank) {
            TcpTransport mine = far.get(rank);
            if (mine != null) {
                mine.wake(rank);
            }
        }

        private TcpTransport of(int rank) {
            return Objects.requireNonNull(far.get(rank));
        }
    }
}
