package org.pellang.runtime.transport.mixed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Landing;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.local.LocalFabric;
import org.pellang.runtime.transport.ring.RingTransport;
import org.pellang.runtime.transport.tcp.TcpTransport;
import org.pellang.runtime.transport.tcp.Wire;

/** How a rank sleeps that has neighbours in its JVM and connections to others. */
@Timeout(60)
class MixedTransportTest {
    /** So many that a selector is asked which of them can be read. */
    private static final int ELSEWHERE = 3;

    private final List<SocketChannel> channels = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private SocketChannel connection() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            SocketChannel caller = SocketChannel.open(server.getLocalAddress());
            channels.add(caller);
            channels.add(server.accept());
            return caller;
        }
    }

    /** A neighbour that makes room, or gives a lent array back, wakes without a message: the last look before the sleep must not swallow that. */
    @Test
    void aWakeUpBeforeTheLastLookIsNotLost() throws IOException {
        Map<Integer, Wire> wires = new HashMap<>();
        for (int r = 2; r < 2 + ELSEWHERE; r++) {
            wires.put(r, Wire.plain(connection()));
        }
        TcpTransport far = new TcpTransport(0, Board.inHeap(2 + ELSEWHERE), wires, Set.of(), new Deaf());
        LocalFabric fabric = new LocalFabric(2);
        fabric.bell(0, () -> far.wake(0));
        MixedTransport rank = new MixedTransport(List.of(new RingTransport(fabric, 0, new int[] {0, 1}, 2 + ELSEWHERE)), far);
        rank.beforePark();
        fabric.wake(0);
        assertThat(rank.poll(new Nothing())).isZero();
        rank.park();
        rank.afterPark();
    }

    private static final class Deaf implements TcpTransport.Job {
        @Override
        public void broken(int rank, int peer, String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public void ended() {}
    }

    private static final class Nothing implements Sink {
        @Override
        public Landing begin(int source, int context, int tag, long guard, Kind kind, int count) {
            throw new IllegalStateException("a message");
        }

        @Override
        public void finished(Landing landing) {
            throw new IllegalStateException("a message");
        }

        @Override
        public void arrived(Parcel parcel) {
            throw new IllegalStateException("a message");
        }
    }
}
