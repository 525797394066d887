package org.pellang.runtime.transport.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The beginning of every connection: a challenge and a response both ways (HMAC-SHA-256 over fresh nonces of both sides, a word for the
 * role, and the {@link Hello}). Reads at most 128 bytes before the other side has proved the key, and within a second.
 *
 * <pre>
 * called -> caller   magic, nonce
 * caller -> called   magic, nonce, hello, proof("caller", called's nonce, caller's nonce, hello)
 * called -> caller   proof("called", caller's nonce, called's nonce, hello)
 * </pre>
 */
final class Handshake {
    /** All of it must be done in this time. */
    static final int LIMIT_MILLIS = 1000;

    private static final byte[] MAGIC = "PELjob1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CALLER = "pel caller".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CALLED = "pel called".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Socket socket;
    private final JobKey key;
    private final long end;

    private Handshake(Socket socket, JobKey key, int limitMillis) {
        this.socket = socket;
        this.key = key;
        this.end = System.nanoTime() + limitMillis * 1_000_000L;
    }

    /** The side that was called: returns what the caller wants, once it is proved. @param stays asked when it is: whether the caller has not been hung up on meanwhile */
    static Hello called(Socket socket, JobKey key, BooleanSupplier stays) throws IOException {
        return new Handshake(socket, key, LIMIT_MILLIS).called(stays);
    }

    /** The side that calls. It waits longer: the other host may be busy starting ranks, and has nothing to fear from us. */
    static void caller(Socket socket, JobKey key, Hello hello, int limitMillis) throws IOException {
        new Handshake(socket, key, limitMillis).caller(hello);
    }

    private Hello called(BooleanSupplier stays) throws IOException {
        byte[] mine = nonce();
        socket.getOutputStream().write(joined(MAGIC, mine));
        if (!Arrays.equals(read(MAGIC.length), MAGIC)) {
            throw new Refused("not a PEL job");
        }
        byte[] theirs = read(NONCE);
        byte[] hello = read(Hello.BYTES);
        if (!MessageDigest.isEqual(read(JobKey.BYTES), key.proof(CALLER, mine, theirs, hello))) {
            throw new Refused("a wrong key");
        }
        Hello decoded = Hello.decode(hello);
        if (!stays.getAsBoolean()) {
            // Without our proof it will call again.
            throw new EOFException("others were let in before");
        }
        socket.getOutputStream().write(key.proof(CALLED, theirs, mine, hello));
        socket.setSoTimeout(0);
        return decoded;
    }

    private void caller(Hello hello) throws IOException {
        if (!Arrays.equals(read(MAGIC.length), MAGIC)) {
            throw new Refused("not a PEL job");
        }
        byte[] theirs = read(NONCE);
        byte[] mine = nonce();
        byte[] word = hello.encode();
        socket.getOutputStream().write(joined(MAGIC, mine, word, key.proof(CALLER, theirs, mine, word)));
        if (!MessageDigest.isEqual(read(JobKey.BYTES), key.proof(CALLED, mine, theirs, word))) {
            throw new Refused("a wrong key");
        }
        socket.setSoTimeout(0);
    }

    /** Whoever sends a byte now and then is not given more time. */
    private byte[] read(int length) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new Refused("too slow");
            }
            socket.setSoTimeout((int) left);
            int n;
            try {
                n = in.read(bytes, at, length - at);
            } catch (SocketTimeoutException e) {
                throw new Refused("too slow");
            }
            if (n < 0) {
                throw new EOFException("closed by the other side");
            }
            at += n;
        }
        return bytes;
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
