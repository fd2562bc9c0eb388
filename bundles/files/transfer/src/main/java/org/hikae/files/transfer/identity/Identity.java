package org.hikae.files.transfer.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * Who somebody is for a center.
 *
 * @param key private one
 * @param certificate of it, from the center
 * @param ca of the center
 */
public record Identity(PrivateKey key, X509Certificate certificate, X509Certificate ca) {
    /** Under which the center knows this one. */
    public String name() {
        return Certificates.name(certificate).orElseThrow(() -> new IllegalStateException("a certificate of nobody"));
    }

    /** Keys are for nobody's eyes. */
    @Override
    public String toString() {
        return "identity of " + certificate.getSubjectX500Principal();
    }
}
