package org.pellang.runtime.transport.tcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret of a job: 256 bits that its launcher makes and hands to each JVM through standard input, never on a command line. */
public final class JobKey {
    /** Bytes of a key and of a proof. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final String hex;

    private JobKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.hex = HexFormat.of().formatHex(bytes);
    }

    /** A fresh key. */
    public static JobKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new JobKey(bytes);
    }

    /** From what {@link #hex} gave. @throws IllegalArgumentException if it is not 64 hexadecimal digits */
    public static JobKey of(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a job key has " + 2 * BYTES + " hexadecimal digits");
        }
        return new JobKey(bytes);
    }

    /** The key as text, for the pipe to a JVM only. */
    public String hex() {
        return hex;
    }

    /** Proves the possession of the key: HMAC-SHA-256 over the parts. */
    byte[] proof(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** Another key that only those can make who have this one. @param about what it is for */
    public byte[] derived(byte[] about) {
        return proof("pel derived key".getBytes(StandardCharsets.US_ASCII), about);
    }

    @Override
    public String toString() {
        return "a job key";
    }
}
