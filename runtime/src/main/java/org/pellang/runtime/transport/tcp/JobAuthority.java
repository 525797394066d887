package org.pellang.runtime.transport.tcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * The authority of one job: made by its launcher in memory, gives each JVM a certificate (ECDSA over P-256) with a key, and is forgotten. The JDK reads certificates
 * and does not write them; these few fields of X.509 (RFC 5280) in DER are written here.
 */
public final class JobAuthority {
    /** Clocks of hosts differ, and jobs run long. */
    private static final Duration BEFORE = Duration.ofDays(2);
    private static final Duration AFTER = Duration.ofDays(730);

    private static final byte[] ECDSA_SHA256 = der(0x30, der(0x06, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02}));
    private static final byte[] COMMON_NAME = der(0x06, new byte[] {0x55, 0x04, 0x03});
    /** Basic constraints, critical: an authority. */
    private static final byte[] IS_AUTHORITY = der(0xa3, der(0x30, der(0x30, der(0x06, new byte[] {0x55, 0x1d, 0x13}), der(0x01, new byte[] {-1}),
            der(0x04, der(0x30, der(0x01, new byte[] {-1}))))));
    private static final String NAME = "a PEL job";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys;
    private final byte[] certificate;

    private JobAuthority() throws GeneralSecurityException {
        this.keys = pair();
        this.certificate = certificate(NAME, keys.getPublic(), keys.getPrivate(), IS_AUTHORITY);
    }

    /** A new one. */
    public static JobAuthority fresh() {
        try {
            return new JobAuthority();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ECDSA over P-256", e);
        }
    }

    private KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** What a JVM of the job gets, as {@link TlsIdentity#of} takes it: certificate, its key, the authority's certificate, with a space between. */
    public String member(String name) {
        try {
            KeyPair own = pair();
            Base64.Encoder text = Base64.getEncoder();
            return text.encodeToString(certificate(name, own.getPublic(), keys.getPrivate())) + " " + text.encodeToString(own.getPrivate().getEncoded()) + " "
                    + text.encodeToString(certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ECDSA over P-256", e);
        }
    }

    private byte[] certificate(String subject, PublicKey of, PrivateKey signer, byte[]... extensions) throws GeneralSecurityException {
        byte[] serial = new byte[16];
        random.nextBytes(serial);
        serial[0] = (byte) (serial[0] & 0x3f | 0x40);
        Instant now = Instant.now();
        byte[] version = der(0xa0, der(0x02, new byte[] {2}));
        byte[] validity = der(0x30, time(now.minus(BEFORE)), time(now.plus(AFTER)));
        byte[] body = der(0x30, version, der(0x02, serial), ECDSA_SHA256, name(NAME), validity, name(subject), of.getEncoded(), joined(extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer, random);
        signature.update(body);
        return der(0x30, body, ECDSA_SHA256, der(0x03, new byte[] {0}, signature.sign()));
    }

    private static byte[] name(String text) {
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, text.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(Instant time) {
        return der(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** Tag, length, contents. */
    private static byte[] der(int tag, byte[]... parts) {
        byte[] contents = joined(parts);
        int n = contents.length;
        byte[] head = n < 0x80 ? new byte[] {(byte) tag, (byte) n}
                : n < 0x100 ? new byte[] {(byte) tag, (byte) 0x81, (byte) n} : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
        return joined(head, contents);
    }

    private static byte[] joined(byte[]... parts) {
        int n = 0;
        for (byte[] part : parts) {
            n += part.length;
        }
        byte[] all = new byte[n];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
