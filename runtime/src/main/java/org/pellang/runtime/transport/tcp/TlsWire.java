package org.pellang.runtime.transport.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * Bytes enciphered by TLS 1.3. Whoever is at the other end has proved the job's key before; here both show a certificate of the job's authority, and what follows
 * can neither be read nor changed on the way.
 */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    /** From the network; between position 0 and its position lies what has not been deciphered. */
    private final ByteBuffer cipherIn;
    /** Deciphered, and not yet read; in the state of being read. */
    private final ByteBuffer plainIn;
    /** Enciphered, and not yet taken by the kernel; in the state of being written. Guarded by this, as the engine's writing side. */
    private final ByteBuffer cipherOut;

    private TlsWire(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        int record = engine.getSession().getPacketBufferSize();
        this.cipherIn = ByteBuffer.allocate(4 * record);
        this.cipherOut = ByteBuffer.allocate(4 * record).limit(0);
        this.plainIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
    }

    /**
     * Agrees on keys with the other side.
     *
     * @param channel blocking
     * @param caller whether this side has called
     * @throws IOException if the other side is not of this job, or takes longer than that
     */
    static TlsWire handshake(SocketChannel channel, TlsIdentity identity, boolean caller, int limitMillis) throws IOException {
        TlsWire wire = new TlsWire(channel, identity.engine(caller));
        try {
            channel.socket().setSoTimeout(limitMillis);
            wire.engine.beginHandshake();
            wire.shake();
            channel.socket().setSoTimeout(0);
            return wire;
        } catch (SocketTimeoutException e) {
            throw new Refused("too slow");
        }
    }

    private void shake() throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_TASK -> {
                    runTasks();
                    status = engine.getHandshakeStatus();
                }
                case NEED_WRAP -> {
                    status = wrap(NOTHING).getHandshakeStatus();
                    flush();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> status = unwrapOrRead();
                case NOT_HANDSHAKING, FINISHED -> { }
            }
        }
    }

    private HandshakeStatus unwrapOrRead() throws IOException {
        cipherIn.flip();
        plainIn.clear();
        SSLEngineResult result = engine.unwrap(cipherIn, plainIn);
        plainIn.flip();
        cipherIn.compact();
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("closed by the other side");
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            // Through the socket, which knows a time limit.
            int n = channel.socket().getInputStream().read(cipherIn.array(), cipherIn.position(), cipherIn.remaining());
            if (n < 0) {
                throw new EOFException("closed by the other side");
            }
            cipherIn.position(cipherIn.position() + n);
        }
        return result.getHandshakeStatus();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    // ---- reading ----

    @Override
    public int read(ByteBuffer to) throws IOException {
        int before = to.remaining();
        boolean ended = false;
        boolean drained = false;
        while (to.hasRemaining()) {
            if (plainIn.hasRemaining()) {
                move(to);
            } else if (!decipher(to)) {
                if (drained || ended) {
                    break;
                }
                int n = channel.read(cipherIn);
                ended = n < 0;
                // What is not there now is not asked for again.
                drained = n <= 0 || cipherIn.hasRemaining();
                if (n <= 0) {
                    break;
                }
            }
        }
        int got = before - to.remaining();
        return got == 0 && (ended || engine.isInboundDone()) ? -1 : got;
    }

    private void move(ByteBuffer to) {
        int n = Math.min(to.remaining(), plainIn.remaining());
        to.put(plainIn.slice(plainIn.position(), n));
        plainIn.position(plainIn.position() + n);
    }

    /** Deciphers a record, into {@code to} if it is sure to fit there. Returns whether there was a whole one. */
    private boolean decipher(ByteBuffer to) throws IOException {
        if (cipherIn.position() == 0) {
            return false;
        }
        cipherIn.flip();
        SSLEngineResult result;
        try {
            if (to.remaining() >= plainIn.capacity()) {
                result = engine.unwrap(cipherIn, to);
            } else {
                plainIn.clear();
                result = engine.unwrap(cipherIn, plainIn);
                plainIn.flip();
            }
        } finally {
            cipherIn.compact();
        }
        switch (result.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            // New keys were asked for.
            case NEED_WRAP -> {
                wrap(NOTHING);
                flush();
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> { }
        }
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW, CLOSED -> false;
            case BUFFER_OVERFLOW -> throw new IOException("a record that is too long");
        };
    }

    // ---- writing ----

    private synchronized SSLEngineResult wrap(ByteBuffer from) throws IOException {
        cipherOut.compact();
        try {
            SSLEngineResult result = engine.wrap(from, cipherOut);
            if (result.getStatus() == Status.CLOSED) {
                throw new IOException("the connection was closed");
            }
            return result;
        } finally {
            cipherOut.flip();
        }
    }

    @Override
    public synchronized void write(ByteBuffer from) throws IOException {
        do {
            // As many records as there is room for go to the kernel at once.
            while (from.hasRemaining() && wrap(from).bytesProduced() > 0) { }
            flush();
        } while (from.hasRemaining() && flushed());
    }

    @Override
    public synchronized boolean flushed() {
        return !cipherOut.hasRemaining();
    }

    @Override
    public synchronized void flush() throws IOException {
        if (cipherOut.hasRemaining()) {
            channel.write(cipherOut);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
