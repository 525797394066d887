package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.tcp.Wire;

/** What JVMs tell each other about the job: frames of bounded length, and an end where something else comes. */
@Timeout(60)
class ControlLineTest {
    private SocketChannel here;
    private SocketChannel there;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            there = SocketChannel.open(server.getLocalAddress());
            here = server.accept();
        }
    }

    @AfterEach
    void hangUp() throws IOException {
        here.close();
        there.close();
    }

    @Test
    void framesComeAsTheyWent() throws IOException {
        new ControlLine(Wire.plain(there)).send(ControlLine.Kind.HOST, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        ControlLine.Frame frame = new ControlLine(Wire.plain(here)).receive();
        assertThat(frame.kind()).isEqualTo(ControlLine.Kind.HOST);
        assertThat(frame.contents()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    /** Nothing is made for lengths that are announced beyond a mebibyte. */
    @ParameterizedTest
    @CsvSource({"1048577, 0", "2147483647, 0", "-1, 0", "0, 9", "0, -1"})
    void whatIsNoFrame(int length, int kind) throws IOException {
        there.write(ByteBuffer.allocate(8).putInt(length).putInt(kind).flip());
        assertThatThrownBy(() -> new ControlLine(Wire.plain(here)).receive()).isInstanceOf(IOException.class).hasMessage("a frame that is none");
    }

    /** Of whom a frame comes without its contents, or with the number of a rank that there is not, counts as lost. */
    @ParameterizedTest
    @EnumSource(names = {"STOP", "STORY", "LOOK", "SEEN"})
    void contentsThatAreNone(ControlLine.Kind kind) {
        Placement placement = new Placement(new int[] {1, 1}, 0);
        Board board = Board.inHeap(2);
        JobControl control = new JobControl(placement, board, new JobCounts(placement, board, List.of(new JobCounts.Counter(board, new int[] {0}))), Reins.NONE, () -> {});
        control.start(Map.of(1, Wire.plain(here)), List.of());
        try {
            byte[] contents = kind == ControlLine.Kind.STORY ? new byte[] {0, 0, 1, 0, 'x'} : new byte[0];
            new ControlLine(Wire.plain(there)).send(kind, ByteBuffer.wrap(contents));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (board.description(1) == null) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
            assertThat(board.stopped()).isTrue();
            assertThat(board.description(1)).contains("a frame that is none");
        } finally {
            control.close();
        }
    }
}
