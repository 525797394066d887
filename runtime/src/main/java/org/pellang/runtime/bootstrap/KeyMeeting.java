package org.pellang.runtime.bootstrap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.pellang.runtime.transport.tcp.Doorway;
import org.pellang.runtime.transport.tcp.Hello;
import org.pellang.runtime.transport.tcp.JobAuthority;
import org.pellang.runtime.transport.tcp.JobKey;
import org.pellang.runtime.transport.tcp.TlsIdentity;
import org.pellang.runtime.transport.tcp.Wire;

/**
 * JVMs that somebody else has started, an Indexed Job of Kubernetes for instance, meet at JVM 0, whose name and port all know. All have the job's key in a file. JVM 0
 * makes the job's authority, and gives each of the others its certificate, enciphered with a key that is derived from the job's; they tell where they can be reached.
 */
final class KeyMeeting implements Meeting {
    private static final long MEET_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long TRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int SALT = 16;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final String meet;
    private final Path keyFile;
    private final int me;
    private final int count;
    private final String address;
    private final Map<Integer, ControlLine> lines = new TreeMap<>();
    private JobKey key = JobKey.random();

    /**
     * A meeting.
     *
     * @param meet name and port of JVM 0: {@code heat-0.heat:7411}
     * @param keyFile 64 hexadecimal digits
     * @param me number of this JVM
     * @param count of all
     * @param address under which the others reach this one
     */
    KeyMeeting(String meet, Path keyFile, int me, int count, String address) {
        this.meet = meet;
        this.keyFile = keyFile;
        this.me = me;
        this.count = count;
        this.address = address;
    }

    @Override
    public Secret secret() throws IOException {
        try {
            key = JobKey.of(Files.readString(keyFile).strip());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("the job's key in " + keyFile + " cannot be used (it wants 64 hexadecimal digits, as openssl rand -hex 32 writes them): " + e.getMessage(), e);
        }
        int colon = meet.lastIndexOf(':');
        int port;
        try {
            port = Integer.parseInt(meet.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IOException("JVMs meet at HOST:PORT, not at " + meet, e);
        }
        if (me > 0) {
            ControlLine line = new ControlLine(call(meet.substring(0, Math.max(0, colon)), port));
            lines.put(0, line);
            return new Secret(key, Optional.of(identity(receive(line))));
        }
        JobAuthority authority = JobAuthority.fresh();
        try (Doorway door = Doorway.open("0.0.0.0", port, key, Optional.empty())) {
            long end = System.nanoTime() + MEET_NANOS;
            for (int jvm = 1; jvm < count; jvm++) {
                lines.put(jvm, new ControlLine(door.await(new Hello(Hello.Purpose.CONTROL, jvm, 0), end - System.nanoTime())));
            }
        }
        lines.forEach((jvm, line) -> send(line, authority.member("JVM " + jvm)));
        return new Secret(key, Optional.of(identity(authority.member("JVM 0"))));
    }

    private static TlsIdentity identity(String text) throws IOException {
        String[] words = text.split(" ");
        if (words.length != 3) {
            throw new IOException("JVM 0 gave no certificate");
        }
        return TlsIdentity.of(words[0], words[1], words[2]);
    }

    /** Its name may become known, and its port open, only a while later. */
    private Wire call(String host, int port) throws IOException {
        long end = System.nanoTime() + MEET_NANOS;
        while (true) {
            InetSocketAddress where = new InetSocketAddress(host, port);
            String wrong = "nobody knows this name";
            if (!where.isUnresolved()) {
                try {
                    return Doorway.call(where, key, new Hello(Hello.Purpose.CONTROL, me, 0), TRY_NANOS);
                } catch (IOException e) {
                    wrong = String.valueOf(e.getMessage());
                }
            }
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new IOException("JVM 0 of the job, " + meet + ", does not answer: " + wrong);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The line to JVM 0. */
    private ControlLine toFirst() {
        return Objects.requireNonNull(lines.get(0));
    }

    @Override
    public List<InetSocketAddress> exchange(int port) throws IOException {
        String own = address + " " + port;
        String all = own;
        if (me > 0) {
            ControlLine line = toFirst();
            send(line, own);
            all = receive(line);
        } else {
            List<String> peers = new ArrayList<>(List.of(own));
            for (ControlLine line : lines.values()) {
                peers.add(receive(line));
            }
            String text = peers.stream().collect(Collectors.joining(" "));
            lines.values().forEach(line -> send(line, text));
            all = text;
        }
        // JVM 0 may still have to be heard: who hears hangs up.
        if (me > 0) {
            toFirst().close();
        }
        String[] words = all.split(" ");
        List<InetSocketAddress> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * count; i += 2) {
                peers.add(new InetSocketAddress(words[i], Integer.parseInt(words[i + 1])));
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("JVM 0 named no peers: " + all, e);
        }
        return peers;
    }

    // ---- sealed texts ----

    private void send(ControlLine line, String text) {
        line.send(ControlLine.Kind.HOST, ByteBuffer.wrap(sealed(text)));
    }

    private String receive(ControlLine line) throws IOException {
        ByteBuffer contents = line.receive().contents();
        byte[] bytes = new byte[contents.remaining()];
        contents.get(bytes);
        return opened(bytes);
    }

    private byte[] sealed(String text) {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        try {
            byte[] body = cipher(Cipher.ENCRYPT_MODE, salt).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(SALT + body.length).put(salt).put(body).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    private String opened(byte[] bytes) throws IOException {
        try {
            if (bytes.length < SALT) {
                throw new IOException("what comes is no sealed text");
            }
            return new String(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, SALT)).doFinal(bytes, SALT, bytes.length - SALT), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IOException("what JVM 0 says is not sealed with the job's key", e);
        }
    }

    /** A fresh key for each text, so that the counter may begin at 0. */
    private Cipher cipher(int mode, byte[] salt) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key.derived(salt), "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
        return cipher;
    }
}
