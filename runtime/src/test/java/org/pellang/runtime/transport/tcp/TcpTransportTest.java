package org.pellang.runtime.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Landing;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Parcel;
import org.pellang.runtime.transport.Sink;

/** Two ranks joined by one connection with small buffers, step by step, by one thread. */
@Timeout(180)
class TcpTransportTest {
    private static final int SOCKET_BYTES = 64 << 10;
    /** More than what fits into all buffers between the two. */
    private static final int LONG = 16 << 20;
    private static final int CONTEXT = 5;

    private final List<String> broken = new ArrayList<>();
    private TcpTransport a;
    private TcpTransport b;
    private SocketChannel left;
    private SocketChannel right;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            left = SocketChannel.open();
            left.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
            left.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
            left.connect(server.getLocalAddress());
            right = server.accept();
            right.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
        }
        Wire[] wires = wires(left, right);
        a = new TcpTransport(0, Board.inHeap(2), Map.of(1, wires[0]), Set.of(), hears());
        b = new TcpTransport(1, Board.inHeap(2), Map.of(0, wires[1]), Set.of(), hears());
    }

    /** What goes through the channels. */
    Wire[] wires(SocketChannel caller, SocketChannel called) throws IOException {
        return new Wire[] {Wire.plain(caller), Wire.plain(called)};
    }

    @AfterEach
    void disconnect() throws IOException {
        left.close();
        right.close();
    }

    private TcpTransport.Job hears() {
        return new TcpTransport.Job() {
            @Override
            public void broken(int rank, int peer, String reason) {
                broken.add(rank + "-" + peer + ": " + reason);
            }

            @Override
            public void ended() {}
        };
    }

    /** Keeps whatever comes. */
    private static final class Kept implements Sink {
        final List<Parcel> parcels = new ArrayList<>();

        @Override
        public void arrived(Parcel parcel) {
            parcels.add(parcel);
        }

        @Override
        public Landing begin(int source, int context, int tag, long guard, Kind kind, int count) {
            return new Parcel(source, context, tag, guard, kind, count, kind.allocate(count), 0, false);
        }

        @Override
        public void finished(Landing landing) {
            parcels.add((Parcel) landing);
        }
    }

    /** No kind of elements, no number of elements: nothing is made for it, and the connection ends. */
    @ParameterizedTest
    @CsvSource({"77, 1", "-1, 1", "0, -1", "0, -2147483648"})
    void whatIsNoFrame(int kind, int count) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FrameDescriptor.HEADER).order(ByteOrder.nativeOrder());
        header.putInt(FrameDescriptor.KIND, kind).putInt(FrameDescriptor.COUNT, count);
        // Where messages are enciphered these bytes are no record either.
        assertThat(left.write(header)).isEqualTo(FrameDescriptor.HEADER);
        Kept kept = new Kept();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (broken.isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            b.poll(kept);
        }
        assertThat(kept.parcels).isEmpty();
    }

    private static byte[] noise(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 31 + (i >> 8) * 17);
        }
        return data;
    }

    private static Outgoing message(int to, byte[] data) {
        return new Outgoing(to, CONTEXT, 7, 0, Kind.BYTE, data, 0, data.length);
    }

    /** Bounded: what never comes is a failure, not a test that hangs. */
    private void until(String what, BooleanSupplier done, Runnable step) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (!done.getAsBoolean()) {
            assertThat(broken).isEmpty();
            assertThat(System.nanoTime() < end).as(what).isTrue();
            step.run();
        }
    }

    private void intact(Kept sink, byte[]... data) {
        assertThat(broken).isEmpty();
        assertThat(sink.parcels).hasSize(data.length);
        for (int i = 0; i < data.length; i++) {
            Parcel parcel = sink.parcels.get(i);
            assertThat(List.of(parcel.source, parcel.context, parcel.tag, parcel.count)).isEqualTo(List.of(0, CONTEXT, 7, data[i].length));
            assertThat(Arrays.equals((byte[]) parcel.contents(), data[i])).as("bytes of message %d", i).isTrue();
        }
    }

    /** Much credit becomes due while a long message is under way in the same direction: it must wait for its end. */
    @Test
    void creditDoesNotFallIntoTheMiddleOfAMessage() {
        byte[] data = noise(LONG);
        Outgoing message = message(1, data);
        Kept sink = new Kept();
        a.push(message);
        assertThat(message.accepted).as("all in buffers").isFalse();
        // What has been put is written, so that there is room for the credit before the next piece.
        until("all is written", () -> a.flushed(1), () -> {
            b.poll(sink);
            a.poll(new Kept());
        });
        assertThat(message.moved).isLessThan(LONG);
        a.giveBack(1, Link.MUCH_CREDIT);
        assertThat(a.flushed(1)).as("nothing is put between two pieces").isTrue();
        until("message and credit are here", () -> sink.parcels.size() == 1 && b.returned(0) > 0, () -> {
            if (!message.accepted) {
                a.push(message);
            }
            a.poll(new Kept());
            b.poll(sink);
        });
        intact(sink, data);
        assertThat(b.returned(0)).isEqualTo(Link.MUCH_CREDIT);
    }

    /** Credit that finds no room goes as soon as there is some, without anything else being sent. */
    @Test
    void creditThatFoundNoRoomGoesLater() {
        List<byte[]> sent = new ArrayList<>();
        for (int length : new int[] {8 << 10, 1, 0}) {
            byte[] data = noise(length);
            while (a.offer(1, CONTEXT, 7, 0, Kind.BYTE, data, 0, length)) {
                sent.add(data);
            }
        }
        a.giveBack(1, Link.MUCH_CREDIT);
        Kept sink = new Kept();
        until("the credit is here", () -> b.returned(0) > 0 && sink.parcels.size() == sent.size(), () -> {
            a.poll(new Kept());
            b.poll(sink);
        });
        intact(sink, sent.toArray(byte[][]::new));
        assertThat(b.returned(0)).isEqualTo(Link.MUCH_CREDIT);
    }

    /** Both send long messages at once and give credit back in between. */
    @Test
    void bothWaysAtOnce() {
        byte[] data = noise(LONG);
        Outgoing there = message(1, data);
        Outgoing back = message(0, data);
        Kept atA = new Kept();
        Kept atB = new Kept();
        int times = 100;
        int[] round = {0};
        until("both are here", () -> !atA.parcels.isEmpty() && !atB.parcels.isEmpty() && round[0] >= times, () -> {
            if (!there.accepted) {
                a.push(there);
            }
            if (!back.accepted) {
                b.push(back);
            }
            if (round[0]++ < times) {
                a.giveBack(1, Link.MUCH_CREDIT);
                b.giveBack(0, Link.MUCH_CREDIT + 1);
            }
            a.poll(atA);
            b.poll(atB);
        });
        intact(atB, data);
        assertThat(Arrays.equals((byte[]) atA.parcels.getFirst().contents(), data)).isTrue();
        until("all credit is here", () -> a.returned(1) >= times * (Link.MUCH_CREDIT + 1) && b.returned(0) >= times * Link.MUCH_CREDIT, () -> {
            a.poll(atA);
            b.poll(atB);
        });
        assertThat(a.returned(1)).isEqualTo(times * (Link.MUCH_CREDIT + 1));
        assertThat(b.returned(0)).isEqualTo(times * Link.MUCH_CREDIT);
    }
}
