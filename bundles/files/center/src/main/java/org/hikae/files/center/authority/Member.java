package org.hikae.files.center.authority;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import org.hikae.files.transfer.identity.Certificates;

/**
 * Who may speak to the center, or might once.
 *
 * @param name of the client or relay
 * @param revoked whether its certificate is not accepted any more
 * @param certificate as it was issued
 * @param invitation SHA-256 of the secret with which it joined, hexadecimal
 * @param joined when
 */
public record Member(String name, boolean revoked, X509Certificate certificate, String invitation, Instant joined) {

    Member asRevoked() {
        return new Member(name, true, certificate, invitation, joined);
    }

    /** SHA-256 of the certificate, hexadecimal. */
    String fingerprint() {
        return fingerprint(certificate);
    }

    static String fingerprint(X509Certificate certificate) {
        return HexFormat.of().formatHex(Certificates.fingerprint(certificate));
    }

    /** When the certificate ends. */
    public Instant until() {
        return certificate.getNotAfter().toInstant();
    }
}
