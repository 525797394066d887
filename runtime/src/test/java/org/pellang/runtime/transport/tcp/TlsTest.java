package org.pellang.runtime.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The same steps as over a plain connection, enciphered; and who does not belong to the job does not get as far. */
class TlsTest extends TcpTransportTest {
    private static final Hello HELLO = new Hello(Hello.Purpose.CONTROL, 1, 0);
    private static final long LIMIT = 10_000_000_000L;

    private static final JobAuthority JOB = JobAuthority.fresh();

    private static TlsIdentity member(JobAuthority authority) throws IOException {
        String[] words = authority.member("JVM 1").split(" ");
        return TlsIdentity.of(words[0], words[1], words[2]);
    }

    @Override
    Wire[] wires(SocketChannel caller, SocketChannel called) throws IOException {
        TlsIdentity other = member(JOB);
        CompletableFuture<Wire> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return TlsWire.handshake(called, other, false, 20_000);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        return new Wire[] {TlsWire.handshake(caller, member(JOB), true, 20_000), answer.join()};
    }

    /** The right key, but a certificate of another authority: of another job, or somebody in the middle. */
    @Test
    void certificatesOfOthers() throws IOException {
        JobKey key = JobKey.random();
        TlsIdentity stranger = member(JobAuthority.fresh());
        try (Doorway door = Doorway.open("127.0.0.1", key, Optional.of(member(JOB)))) {
            InetSocketAddress where = new InetSocketAddress("127.0.0.1", door.port());
            assertThatThrownBy(() -> Doorway.call(where, key, Optional.of(stranger), HELLO, LIMIT / 10)).isInstanceOf(IOException.class);
            // Who does not encipher at all gets nowhere either.
            try (Wire plain = Doorway.call(where, key, Optional.empty(), HELLO, LIMIT)) {
                plain.write(ByteBuffer.wrap(new byte[64]));
                assertThatThrownBy(() -> door.await(HELLO, LIMIT / 20)).isInstanceOf(IOException.class);
            }
            try (Wire friend = Doorway.call(where, key, Optional.of(member(JOB)), HELLO, LIMIT); Wire called = door.await(HELLO, LIMIT)) {
                friend.write(ByteBuffer.wrap(new byte[] {7}));
                ByteBuffer heard = ByteBuffer.allocate(1);
                while (heard.hasRemaining()) {
                    called.read(heard);
                }
                assertThat(heard.get(0)).isEqualTo((byte) 7);
            }
        }
    }

    /** A relay that knows everything on the wire and changes one bit breaks the connection: nothing wrong arrives. */
    @Test
    void aBitThatWasChanged() throws IOException {
        JobKey key = JobKey.random();
        ConcurrentLinkedQueue<byte[]> seen = new ConcurrentLinkedQueue<>();
        try (Doorway door = Doorway.open("127.0.0.1", key, Optional.of(member(JOB))); ServerSocket relay = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> relay(relay, door, seen));
            InetSocketAddress middle = new InetSocketAddress("127.0.0.1", relay.getLocalPort());
            try (Wire caller = Doorway.call(middle, key, Optional.of(member(JOB)), HELLO, LIMIT); Wire called = door.await(HELLO, LIMIT)) {
                byte[] secret = "the temperature is 42".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                seen.clear();
                seen.add(new byte[0]);
                caller.write(ByteBuffer.wrap(secret));
                ByteBuffer heard = ByteBuffer.allocate(64);
                assertThatThrownBy(() -> {
                    while (called.read(heard) >= 0) { }
                    throw new IOException("ended");
                }).isInstanceOf(IOException.class);
                assertThat(heard.position()).isZero();
                assertThat(seen).noneMatch(bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).contains("temperature"));
            }
        }
    }

    /** Passes on what both say; once the queue is not empty it changes a bit of what the caller says. */
    private static void relay(ServerSocket relay, Doorway door, ConcurrentLinkedQueue<byte[]> seen) {
        try (Socket caller = relay.accept(); Socket called = new Socket("127.0.0.1", door.port())) {
            Thread.ofVirtual().start(() -> {
                try {
                    called.getInputStream().transferTo(caller.getOutputStream());
                } catch (IOException e) {
                    // Over.
                }
            });
            byte[] buffer = new byte[4096];
            for (int n = caller.getInputStream().read(buffer); n >= 0; n = caller.getInputStream().read(buffer)) {
                if (!seen.isEmpty()) {
                    seen.add(java.util.Arrays.copyOf(buffer, n));
                    buffer[n - 1] ^= 1;
                }
                called.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Over.
        }
    }
}
