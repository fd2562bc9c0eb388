package org.hikae.files.center.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.files.transfer.identity.Keys;

/**
 * What the listener proves itself with, and knows its clients by.
 *
 * @param keys PKCS #12 file with its key and certificate
 * @param trusted PKCS #12 file with the authority's certificate
 */
public record ServerKeys(Path keys, Path trusted) {

    private static final Duration TOO_SOON = Duration.ofDays(366);

    public String type() {
        return KeyFile.TYPE;
    }

    /** No secret: see {@link KeyFile}. */
    public String password() {
        return KeyFile.PASSWORD;
    }

    /**
     * Makes the files, or leaves those that are there if the certificate is for all the names at which the listener is reached,
     * from the same authority, and does not end soon.
     */
    public static ServerKeys make(Path folder, CertificateAuthority authority, ListenAddress listen, Instant now)
            throws IOException {
        ServerKeys made = new ServerKeys(folder.resolve("server.p12"), folder.resolve("trusted.p12"));
        Set<String> names = listen.names();
        if (!made.isFor(authority, names, now)) {
            KeyPair pair = Keys.generate();
            X509Certificate[] chain = {authority.issueServer(pair.getPublic(), names), authority.certificate()};
            KeyFile.write(made.keys, new KeyFile.Content(pair.getPrivate(), chain));
        }
        KeyFile.writeTrusted(made.trusted, authority.certificate());
        return made;
    }

    private boolean isFor(CertificateAuthority authority, Set<String> names, Instant now) throws IOException {
        if (Files.notExists(keys)) {
            return false;
        }
        X509Certificate there = KeyFile.read(keys).chain()[0];
        Instant end = there.getNotAfter().toInstant();
        boolean soon = end.isBefore(now.plus(TOO_SOON))
                && end.isBefore(authority.certificate().getNotAfter().toInstant());
        return !soon && authority.hasIssued(there) && namesOf(there).containsAll(names);
    }

    private static Set<String> namesOf(X509Certificate certificate) throws IOException {
        try {
            Set<String> names = new HashSet<>();
            var all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                names.add(String.valueOf(name.get(1)));
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new IOException("the listener's certificate cannot be read", e);
        }
    }
}
