package org.pellang.runtime.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the other JVMs of a job call: one listening socket, open until everybody is connected. Whoever does not prove the job's key
 * within a second is hung up on; so many may try at once. Where more call, whoever has tried longest makes room: a good caller needs a moment only, and calls again.
 */
public final class Doorway implements AutoCloseable {
    private static final int AT_ONCE = 256;
    /** Who has proved the key has so long to agree on a cipher. */
    private static final int FRIEND_MILLIS = 20_000;
    /** What the proof takes at most where somebody has time for it. */
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FIRST_PAUSE_NANOS = 5_000_000L;

    private final ServerSocketChannel server;
    private final JobKey key;
    private final Optional<TlsIdentity> identity;
    private final Map<Hello, CompletableFuture<Wire>> expected = new ConcurrentHashMap<>();
    private final Callers callers = new Callers();

    /** Who is trying, in the order in which they came. */
    private static final class Callers {
        private record Caller(SocketChannel channel, long since) {}

        private final ArrayDeque<Caller> trying = new ArrayDeque<>();

        synchronized void come(SocketChannel channel) throws InterruptedException {
            while (trying.size() >= AT_ONCE) {
                long left = trying.element().since + MOMENT_NANOS - System.nanoTime();
                if (left <= 0) {
                    hangUp(trying.remove().channel);
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            }
            trying.add(new Caller(channel, System.nanoTime()));
        }

        /** Whether it was still trying. */
        synchronized boolean gone(SocketChannel channel) {
            notifyAll();
            return trying.removeIf(c -> c.channel.equals(channel));
        }
    }

    private Doorway(ServerSocketChannel server, JobKey key, Optional<TlsIdentity> identity) {
        this.server = server;
        this.identity = identity;
        this.key = key;
    }

    /**
     * Opens it.
     *
     * @param address name or number of this host under which the others reach it; a free port is taken
     */
    public static Doorway open(String address, JobKey key) throws IOException {
        return open(address, key, Optional.empty());
    }

    /** As above; connections are enciphered if there is an identity. */
    public static Doorway open(String address, JobKey key, Optional<TlsIdentity> identity) throws IOException {
        return open(address, 0, key, identity);
    }

    /** As above, at a port that the others know; 0 takes a free one. */
    public static Doorway open(String address, int port, JobKey key, Optional<TlsIdentity> identity) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(address, port), 1024);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + address + (port == 0 ? "" : ":" + port) + ": " + e.getMessage(), e);
        }
        Doorway door = new Doorway(server, key, identity);
        Thread.ofPlatform().daemon().name("pel doorway").start(door::accept);
        return door;
    }

    /** The port it got. */
    public int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel caller = server.accept();
                callers.come(caller);
                Thread.ofVirtual().name("pel handshake").start(() -> admit(caller));
            }
        } catch (IOException e) {
            // Closed: everybody is here, or the job is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(SocketChannel caller) {
        try {
            caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Hello hello = Handshake.called(caller.socket(), key, () -> callers.gone(caller));
            if (!slot(hello).complete(wire(caller, identity, false, FRIEND_MILLIS))) {
                caller.close();
            }
        } catch (IOException e) {
            boolean ignored = callers.gone(caller);
            hangUp(caller);
        }
    }

    private static Wire wire(SocketChannel channel, Optional<TlsIdentity> identity, boolean caller, int millis) throws IOException {
        return identity.isPresent() ? TlsWire.handshake(channel, identity.get(), caller, millis) : Wire.plain(channel);
    }

    private static void hangUp(SocketChannel caller) {
        try {
            caller.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private CompletableFuture<Wire> slot(Hello hello) {
        return expected.computeIfAbsent(hello, h -> new CompletableFuture<>());
    }

    /** Waits for a caller that has said and proved this. @throws IOException if it does not call in time */
    public Wire await(Hello hello, long nanos) throws IOException {
        try {
            return slot(hello).get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException(hello.purpose() == Hello.Purpose.CONTROL ? "JVM " + hello.from() + " of the job does not call"
                    : "rank " + hello.from() + " does not call rank " + hello.to(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException("interrupted while waiting for callers", e);
        }
    }

    /**
     * Calls another doorway, again if need be: on a machine that is very busy a good caller, too, may take longer than the second it has.
     *
     * @throws IOException if nobody answers there in time, or not one of this job
     */
    public static Wire call(InetSocketAddress where, JobKey key, Hello hello, long nanos) throws IOException {
        return call(where, key, Optional.empty(), hello, nanos);
    }

    /** As above; the connection is enciphered if there is an identity. */
    public static Wire call(InetSocketAddress where, JobKey key, Optional<TlsIdentity> identity, Hello hello, long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                return callOnce(where, key, identity, hello, end - System.nanoTime());
            } catch (Refused wrong) {
                throw new IOException("no connection to " + where + ": " + wrong.getMessage(), wrong);
            } catch (IOException e) {
                if (System.nanoTime() + pause >= end || Thread.currentThread().isInterrupted()) {
                    throw new IOException("no connection to " + where + ": " + e.getMessage(), e);
                }
                LockSupport.parkNanos(pause);
                pause *= 2;
            }
        }
    }

    private static Wire callOnce(InetSocketAddress where, JobKey key, Optional<TlsIdentity> identity, Hello hello, long nanos) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            int millis = (int) Math.max(1, nanos / 1_000_000);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(where, millis);
            Handshake.caller(channel.socket(), key, hello, millis);
            return wire(channel, identity, true, millis);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Nobody else may call. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // Nothing is lost: the process ends soon.
        }
    }
}
