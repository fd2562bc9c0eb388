package org.hikae.files.center.authority;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Who speaks (I8), and for whom they may (R25). The certificate alone says it: it must be, byte for byte, the one that was given to
 * a member and is accepted now. Thread-safe.
 */
public final class Peers {

    private static final int MAX_LEVELS = 8;
    private static final int MAX_ORIGIN = 100;
    private static final Pattern BACKUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final CertificateAuthority authority;
    private final Members members;

    public Peers(CertificateAuthority authority, Members members) {
        this.authority = authority;
        this.members = members;
    }

    /**
     * @param chain as the listener has checked it, the peer's own certificate first; null or empty: it has shown none
     * @return name of the member
     * @throws RefusedException if it is nobody's, or not accepted any more
     */
    public String who(X509Certificate[] chain) throws IOException {
        if (chain == null || chain.length == 0) {
            throw new RefusedException("a certificate of this center is needed; see 'client join'");
        }
        if (!authority.hasIssued(chain[0])) {
            throw new RefusedException("the certificate is none of this center");
        }
        String fingerprint = HexFormat.of().formatHex(CertificateAuthority.sha256(chain[0]));
        return members.accepted(fingerprint)
                .orElseThrow(() -> new RefusedException("the certificate is not accepted any more"));
    }

    /** @throws RefusedException unless the peer is the origin, or a relay that the origin's name ends with */
    public static void checkSpeaksFor(String peer, String origin) throws RefusedException {
        if (!isOrigin(origin)) {
            throw new RefusedException("that cannot be the name of a client");
        }
        if (!origin.equals(peer) && !origin.endsWith("@" + peer)) {
            throw new RefusedException(peer + " does not speak for " + origin);
        }
    }

    /** Whether it is names of clients and relays, with {@code @} between them. */
    public static boolean isOrigin(String origin) {
        String[] levels = origin.split("@", -1);
        boolean right = origin.length() <= MAX_ORIGIN && levels.length <= MAX_LEVELS;
        for (int i = 0; right && i < levels.length; i++) {
            right = Members.isName(levels[i]);
        }
        return right;
    }

    /** The member that speaks for an origin: itself, or the last relay on its way. */
    public static String peerOf(String origin) {
        return origin.substring(origin.lastIndexOf('@') + 1);
    }

    /** Whether a row of a client's table can have that name. */
    public static boolean isBackup(String name) {
        return BACKUP.matcher(name).matches();
    }
}
