package org.hikae.files.transfer.identity;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS 1.3 as who connects. The center's certificate must come from its CA, which is known beforehand, and be for who
 * listens. Its host name is not compared: that CA gives such certificates to this one center alone, and a center may be
 * reached by other addresses than it knows of.
 */
public final class TlsContexts {
    private static final String PROTOCOL = "TLSv1.3";

    private TlsContexts() {}

    /**
     * For who has joined.
     *
     * @throws IOException if the identity is of no use
     */
    public static SSLContext of(Identity identity, Clock clock) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = new char[0];
            store.setKeyEntry(
                    "identity", identity.key(), password, new Certificate[] {identity.certificate(), identity.ca()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return context(keys.getKeyManagers(), new Pinned(identity.ca(), new byte[0], clock));
        } catch (GeneralSecurityException e) {
            throw new IOException("this identity is of no use: " + e.getMessage(), e);
        }
    }

    /** For who joins: no certificate of its own, and a CA of which nothing is known but its fingerprint. */
    public static SSLContext joining(byte[] fingerprint, Clock clock) {
        try {
            return context(null, new Pinned(null, fingerprint, clock));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no TLS 1.3", e);
        }
    }

    /** What connections are to be limited to. */
    public static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        return parameters;
    }

    private static SSLContext context(KeyManager[] keys, TrustManager trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        context.init(keys, new TrustManager[] {trust}, null);
        return context;
    }

    /** Trusts the center whose CA has this fingerprint. An extended one: the platform then adds no checks of its own. */
    private static final class Pinned extends X509ExtendedTrustManager {
        /** Null: it is in the chain. */
        private final X509Certificate known;

        private final byte[] fingerprint;
        private final Clock clock;

        Pinned(X509Certificate known, byte[] fingerprint, Clock clock) {
            this.known = known;
            this.fingerprint = fingerprint.clone();
            this.clock = clock;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            X509Certificate ca = known != null ? known : find(chain);
            try {
                Certificates.check(chain[0], ca, Certificates.SERVER, clock.instant());
            } catch (IOException e) {
                throw new CertificateException(e.getMessage(), e);
            }
        }

        private X509Certificate find(X509Certificate[] chain) throws CertificateException {
            return Certificates.withFingerprint(chain, fingerprint)
                    .orElseThrow(
                            () -> new CertificateException("that is another center than the one that made the token"));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("nobody connects to who connects");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
