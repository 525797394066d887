package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pellang.runtime.transport.tcp.Doorway;
import org.pellang.runtime.transport.tcp.Hello;
import org.pellang.runtime.transport.tcp.JobKey;
import org.pellang.runtime.transport.tcp.Wire;

/** Who does not know the job's key gets nowhere, and keeps nobody else out. */
@Timeout(60)
class HostileCallersTest {
    private static final Hello HELLO = new Hello(Hello.Purpose.MESSAGES, 1, 0);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Magic and nonce of the called side. */
    private static final int CHALLENGE = 40;
    /** Magic, nonce, hello and proof of the caller. */
    private static final int ANSWER = 8 + 32 + 12 + 32;

    private final JobKey key = JobKey.random();
    private Doorway door;
    private InetSocketAddress where;

    @BeforeEach
    void open() throws IOException {
        door = Doorway.open("127.0.0.1", key);
        where = new InetSocketAddress("127.0.0.1", door.port());
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Socket call() throws IOException {
        return new Socket(where.getAddress(), where.getPort());
    }

    private void friendComesIn() throws IOException {
        friendComesIn(HELLO);
    }

    private void friendComesIn(Hello hello) throws IOException {
        try (Wire caller = Doorway.call(where, key, hello, 20 * SECOND); Wire called = door.await(hello, 20 * SECOND)) {
            caller.write(java.nio.ByteBuffer.wrap(new byte[] {42}));
            java.nio.ByteBuffer in = java.nio.ByteBuffer.allocate(1);
            assertThat(called.read(in)).isEqualTo(1);
            assertThat(in.get(0)).isEqualTo((byte) 42);
        }
    }

    /** Reads until the other side hangs up; what it said after its challenge. */
    private static byte[] rest(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            InputStream in = socket.getInputStream();
            in.readNBytes(CHALLENGE);
            return in.readAllBytes();
        } catch (java.net.SocketException reset) {
            return new byte[0];
        }
    }

    @Test
    void randomBytes() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            try (Socket socket = call()) {
                byte[] noise = new byte[1 + random.nextInt(3000)];
                random.nextBytes(noise);
                socket.getOutputStream().write(noise);
                socket.shutdownOutput();
                assertThat(rest(socket)).isEmpty();
            }
        }
        friendComesIn();
    }

    @Test
    void aWrongKey() throws Exception {
        assertThatThrownBy(() -> Doorway.call(where, JobKey.random(), HELLO, 2 * SECOND)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> door.await(HELLO, SECOND / 5)).isInstanceOf(IOException.class).hasMessageContaining("does not call");
        friendComesIn();
    }

    /** Records a good conversation through a relay, then says the same again. */
    @Test
    void aReplay() throws Exception {
        byte[] recorded;
        try (ServerSocket relay = new ServerSocket(0, 1, where.getAddress())) {
            CompletableFuture<byte[]> said = CompletableFuture.supplyAsync(() -> relayed(relay));
            InetSocketAddress middle = new InetSocketAddress("127.0.0.1", relay.getLocalPort());
            Doorway.call(middle, key, HELLO, 20 * SECOND).close();
            recorded = said.get(20, TimeUnit.SECONDS);
        }
        assertThat(recorded).hasSize(ANSWER);
        door.await(HELLO, 20 * SECOND).close();
        try (Socket socket = call()) {
            socket.getOutputStream().write(recorded);
            assertThat(rest(socket)).as("no proof for a replay").isEmpty();
        }
    }

    private byte[] relayed(ServerSocket relay) {
        try (Socket caller = relay.accept(); Socket called = call()) {
            caller.getOutputStream().write(called.getInputStream().readNBytes(CHALLENGE));
            byte[] answer = caller.getInputStream().readNBytes(ANSWER);
            called.getOutputStream().write(answer);
            caller.getOutputStream().write(called.getInputStream().readNBytes(JobKey.BYTES));
            return answer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The caller, too, wants to see a proof: somebody else may listen at that port. */
    @Test
    void aWrongDoor() throws Exception {
        try (Doorway other = Doorway.open("127.0.0.1", JobKey.random())) {
            InetSocketAddress there = new InetSocketAddress("127.0.0.1", other.port());
            assertThatThrownBy(() -> Doorway.call(there, key, HELLO, 2 * SECOND)).isInstanceOf(IOException.class);
        }
        try (ServerSocket mirror = new ServerSocket(0, 1, where.getAddress())) {
            // Sends back whatever it gets: a proof for one role is none for the other.
            Thread.ofVirtual().start(() -> {
                try (Socket socket = mirror.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                } catch (IOException e) {
                    // The caller has hung up.
                }
            });
            InetSocketAddress there = new InetSocketAddress("127.0.0.1", mirror.getLocalPort());
            assertThatThrownBy(() -> Doorway.call(there, key, HELLO, SECOND)).isInstanceOf(IOException.class);
        }
    }

    /** Many callers that send a byte now and then are hung up on after a second, and do not keep others out. */
    @Test
    void slowCallers() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            slow.add(call());
        }
        friendComesIn();
        for (Socket socket : slow) {
            assertThat(hungUp(socket)).isTrue();
            socket.close();
        }
    }

    /** They come as fast as they can, and stay. */
    @Test
    void aFlood() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        List<Thread> flood = Stream.generate(() -> Thread.ofVirtual().start(() -> {
            Deque<Socket> open = new ArrayDeque<>();
            while (!over.get()) {
                try {
                    open.add(call());
                    calls.incrementAndGet();
                    if (open.size() > 200) {
                        open.remove().close();
                    }
                } catch (IOException e) {
                    // The queue at the door is full.
                }
            }
            for (Socket socket : open) {
                assertThatCode(socket::close).doesNotThrowAnyException();
            }
        })).limit(4).toList();
        try {
            while (calls.get() < 2000) {
                Thread.onSpinWait();
            }
            for (int rank = 1; rank < 6; rank++) {
                friendComesIn(new Hello(Hello.Purpose.MESSAGES, rank, 0));
            }
        } finally {
            over.set(true);
            for (Thread thread : flood) {
                thread.join();
            }
        }
    }

    private static boolean hungUp(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        byte[] magic = "PELjob1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(magic[0]);
            for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
                heard.write(b);
            }
        } catch (java.net.SocketException reset) {
            return true;
        }
        return heard.size() <= CHALLENGE;
    }
}
