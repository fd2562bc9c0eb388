package org.hikae.files.transfer.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Certificates, by the means of the platform. */
public final class Certificates {
    /** Extended key usage of who connects. */
    public static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    /** Extended key usage of who listens. */
    public static final String SERVER = "1.3.6.1.5.5.7.3.1";

    private static final int MAX_PEM = 20_000;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----\n";
    private static final String END = "\n-----END CERTIFICATE-----\n";

    private Certificates() {}

    /** SHA-256 of a certificate in DER, 32 bytes. */
    public static byte[] fingerprint(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException | CertificateException e) {
            throw new IllegalStateException("a certificate without a fingerprint", e);
        }
    }

    /** A certificate as PEM. */
    public static String text(X509Certificate certificate) {
        try {
            Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return BEGIN + encoder.encodeToString(certificate.getEncoded()) + END;
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate without bytes", e);
        }
    }

    /** @throws IOException if the text is not one certificate as PEM */
    public static X509Certificate parse(String text) throws IOException {
        if (text.length() > MAX_PEM || !text.startsWith("-----BEGIN CERTIFICATE-----")) {
            throw new IOException("that is no certificate");
        }
        try {
            byte[] pem = text.getBytes(StandardCharsets.US_ASCII);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IOException("that is no certificate", e);
        }
    }

    /** The common name of the subject, if it has exactly one part, which is that: so are the subjects of clients. */
    public static Optional<String> name(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        String name = subject.startsWith("CN=") ? subject.substring("CN=".length()) : "";
        return Origins.isName(name) ? Optional.of(name) : Optional.empty();
    }

    /**
     * Checks what a CA has issued.
     *
     * @param usage {@link #CLIENT} or {@link #SERVER}: it must be said, so that a client cannot pass itself off as the center
     * @throws IOException if the CA has not signed it, it is not valid at this time, is a CA itself, or is for another use
     */
    public static void check(X509Certificate certificate, X509Certificate ca, String usage, Instant now)
            throws IOException {
        try {
            certificate.verify(ca.getPublicKey());
            ca.checkValidity(Date.from(now));
            certificate.checkValidity(Date.from(now));
            boolean issued = certificate.getIssuerX500Principal().equals(ca.getSubjectX500Principal());
            List<String> usages = certificate.getExtendedKeyUsage();
            if (ca.getBasicConstraints() < 0 || !issued || certificate.getBasicConstraints() >= 0) {
                throw new IOException("that certificate is not issued by this CA");
            }
            if (usages == null || !usages.contains(usage)) {
                throw new IOException("that certificate is for another use");
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("that certificate cannot be trusted: " + e.getMessage(), e);
        }
    }

    /** The CA of a chain that has this fingerprint. */
    static Optional<X509Certificate> withFingerprint(X509Certificate[] chain, byte[] fingerprint) {
        List<X509Certificate> found = new ArrayList<>(1);
        for (X509Certificate certificate : chain) {
            if (MessageDigest.isEqual(fingerprint(certificate), fingerprint)) {
                found.add(certificate);
            }
        }
        return found.stream().findFirst();
    }
}
