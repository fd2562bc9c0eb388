package org.hikae.files.center.authority;

import java.time.Instant;

/**
 * Who may speak to the center, or might once.
 *
 * @param name of the client or relay
 * @param revoked whether its certificate is not accepted any more
 * @param certificate as it was issued, encoded
 * @param fingerprint SHA-256 of the certificate, hexadecimal
 * @param until when the certificate ends
 * @param invitation SHA-256 of the secret with which it joined, hexadecimal
 * @param joined when
 */
public record Member(
        String name,
        boolean revoked,
        byte[] certificate,
        String fingerprint,
        Instant until,
        String invitation,
        Instant joined) {

    Member asRevoked() {
        return new Member(name, true, certificate, fingerprint, until, invitation, joined);
    }
}
