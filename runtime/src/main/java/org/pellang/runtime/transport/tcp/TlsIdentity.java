package org.pellang.runtime.transport.tcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Who a JVM is in a job on several hosts: a certificate of the job's own authority and its key, made by the launcher for this job alone and handed over through
 * standard input. It trusts who shows a certificate of the same authority, and nobody else.
 */
public final class TlsIdentity {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"};
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;

    private TlsIdentity(SSLContext context) {
        this.context = context;
    }

    /**
     * From what the launcher sends: certificate, key (PKCS #8) and the authority's certificate, in Base64.
     *
     * @throws IOException if they are something else
     */
    public static TlsIdentity of(String certificate, String key, String authority) throws IOException {
        try {
            X509Certificate mine = certificate(certificate);
            X509Certificate root = certificate(authority);
            PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("me", secret, NO_PASSWORD, new X509Certificate[] {mine, root});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[] {new SameJob(root)}, new SecureRandom());
            return new TlsIdentity(context);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the launcher gave no certificate that can be used: " + e.getMessage(), e);
        }
    }

    private static X509Certificate certificate(String base64) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    /** An engine for one connection. */
    SSLEngine engine(boolean caller) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(caller);
        if (!caller) {
            engine.setNeedClientAuth(true);
        }
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setEnabledCipherSuites(CIPHERS);
        return engine;
    }

    /** Trusts what one authority has signed and is valid now. */
    private static final class SameJob extends X509ExtendedTrustManager {
        private final X509Certificate root;

        SameJob(X509Certificate root) {
            this.root = root;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                chain[0].checkValidity();
                chain[0].verify(root.getPublicKey());
                if (chain[0].equals(root) || chain[0].getBasicConstraints() >= 0) {
                    throw new CertificateException("the authority itself is none of the job's JVMs");
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException("not of this job", e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {root};
        }
    }
}
