package org.hikae.files.center.authority;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Origins;

/**
 * Who speaks (I8), and for whom they may (R25). The certificate alone says it: it must be, byte for byte, the one that was given to
 * a member and is accepted now. Thread-safe.
 */
public final class Peers {

    private final CertificateAuthority authority;
    private final Members members;
    private final InstantSource clock;

    public Peers(CertificateAuthority authority, Members members, InstantSource clock) {
        this.authority = authority;
        this.members = members;
        this.clock = clock;
    }

    /**
     * @param chain as the listener has checked it, the peer's own certificate first; null or empty: it has shown none
     * @return name of the member
     * @throws RefusedException if it is nobody's, or not accepted any more
     */
    public String who(X509Certificate[] chain) throws RefusedException {
        if (chain == null || chain.length == 0) {
            throw new RefusedException("a certificate of this center is needed; see 'client join'");
        }
        try {
            Certificates.check(chain[0], authority.certificate(), Certificates.CLIENT, clock.instant());
        } catch (IOException e) {
            RefusedException refused = new RefusedException("the certificate is none of this center");
            refused.initCause(e);
            throw refused;
        }
        return accepted(chain[0]);
    }

    private String accepted(X509Certificate certificate) throws RefusedException {
        return members.accepted(Member.fingerprint(certificate))
                .orElseThrow(() -> new RefusedException("the certificate is not accepted any more"));
    }

    /**
     * Looks again, while a request goes on, which {@link #who} has looked at: quickly, since nothing else can have changed.
     *
     * @throws RefusedException if the certificate is not accepted any more
     */
    public void check(X509Certificate[] chain) throws RefusedException {
        accepted(chain[0]);
    }

    /** @throws RefusedException unless the peer is the origin, or a relay that the origin's name ends with */
    public static void checkSpeaksFor(String peer, String origin) throws RefusedException {
        if (!Origins.isOrigin(origin)) {
            throw new RefusedException("that cannot be the name of a client");
        }
        if (!Origins.speaksFor(peer, origin)) {
            throw new RefusedException(peer + " does not speak for " + origin);
        }
    }

    /** The member that speaks for an origin: itself, or the last relay on its way. */
    public static String peerOf(String origin) {
        return origin.substring(origin.lastIndexOf('@') + 1);
    }
}
