package org.hikae.files.center.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * How a client or relay becomes a member: by a token that is good once, and the proof that it has the key. Of the token's secret
 * the hash alone is stored. Thread-safe.
 */
public final class Enrolment {

    /** How long a token can be used. */
    static final Duration LIFE = Duration.ofDays(7);

    private static final int SECRET_BYTES = 24;
    private static final int MAX_KEY = 256;
    private static final int MAX_PROOF = 256;
    private static final String REFUSED = "the token is not valid (any more)";

    private final CertificateAuthority authority;
    private final Members members;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Enrolment(CertificateAuthority authority, Members members, InstantSource clock) {
        this.authority = authority;
        this.members = members;
        this.clock = clock;
    }

    /**
     * Makes a token, durably.
     *
     * @return the authority's fingerprint and a secret, in the alphabet of base64url, a dot between them
     * @throws IOException if the name is not allowed, or taken and not to be replaced
     */
    public String invite(String name, boolean replace) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = encode(authority.fingerprint()) + "." + encode(secret);
        members.invite(hash(secret), new Invitation(name, replace, clock.instant().plus(LIFE)));
        return token;
    }

    /**
     * Makes whoever has the token and the key a member. Asked again with the same token and key, as long as it is one, it gives the
     * same certificate again: an answer may have been lost.
     *
     * @param token as it was made
     * @param publicKey X.509 SubjectPublicKeyInfo of an EC key on P-256, in base64
     * @param proof signature (SHA256withECDSA) over {@code "hikae enroll 1\n"}, the token, a line feed and {@code publicKey}, in base64
     * @return its certificate
     * @throws RefusedException if the token is not valid, or the proof not right; it does not say what of the token is wrong
     */
    public Member enroll(String token, String publicKey, String proof) throws IOException {
        PublicKey key = key(decode(publicKey, MAX_KEY));
        verify(key, token, publicKey, decode(proof, MAX_PROOF));
        String secret = secret(token);
        Optional<Member> before = members.joinedWith(secret);
        if (before.isPresent()) {
            return again(before.get(), key);
        }
        Instant now = clock.instant();
        Invitation invitation =
                members.invitation(secret, now).orElseThrow(() -> new RefusedException(REFUSED));
        X509Certificate certificate = authority.issue(invitation.name(), key);
        Member member = member(invitation.name(), certificate, secret, now);
        members.join(member);
        return member;
    }

    private static Member member(String name, X509Certificate certificate, String secret, Instant now)
            throws IOException {
        try {
            return new Member(
                    name,
                    false,
                    certificate.getEncoded(),
                    HexFormat.of().formatHex(CertificateAuthority.sha256(certificate)),
                    certificate.getNotAfter().toInstant(),
                    secret,
                    now);
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate cannot be encoded", e);
        }
    }

    private static Member again(Member member, PublicKey key) throws IOException {
        try {
            var there = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(member.certificate()));
            if (!MessageDigest.isEqual(there.getPublicKey().getEncoded(), key.getEncoded())) {
                throw new RefusedException(REFUSED);
            }
            return member;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of " + member.name() + " cannot be read", e);
        }
    }

    private String secret(String token) throws IOException {
        String prefix = encode(authority.fingerprint()) + ".";
        // The length is checked before anything is decoded, and other spellings of the same bytes are no token.
        byte[] secret = token.startsWith(prefix) ? decodeSecret(token.substring(prefix.length())) : null;
        if (secret == null) {
            throw new RefusedException(REFUSED);
        }
        return hash(secret);
    }

    private static byte[] decodeSecret(String text) {
        try {
            byte[] secret = text.length() > 2 * SECRET_BYTES
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(text);
            return secret.length == SECRET_BYTES && encode(secret).equals(text) ? secret : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text, int most) throws RefusedException {
        try {
            if (text.length() <= 2 * most) {
                return Base64.getDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
        throw malformed(null);
    }

    private static RefusedException malformed(Exception why) {
        RefusedException refused = new RefusedException("the key or its proof cannot be read");
        refused.initCause(why);
        return refused;
    }

    /** An EC key on P-256 that is a point of it, and nothing else. */
    private static PublicKey key(byte[] encoded) throws RefusedException {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(encoded);
            boolean right = X9ObjectIdentifiers.id_ecPublicKey.equals(
                            info.getAlgorithm().getAlgorithm())
                    && info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                    && SECObjectIdentifiers.secp256r1.equals(curve)
                    && PublicKeyFactory.createKey(info) instanceof ECPublicKeyParameters;
            if (!right) {
                throw new RefusedException("the key is none on P-256");
            }
            return new JcaPEMKeyConverter().getPublicKey(info);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw malformed(e);
        }
    }

    private static void verify(PublicKey key, String token, String publicKey, byte[] proof) throws RefusedException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key);
            signature.update(("hikae enroll 1\n" + token + "\n" + publicKey).getBytes(StandardCharsets.UTF_8));
            if (!signature.verify(proof)) {
                throw new RefusedException("the proof is not of this key and token");
            }
        } catch (GeneralSecurityException e) {
            throw malformed(e);
        }
    }

    private static String hash(byte[] secret) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (GeneralSecurityException e) {
            throw new IOException("there is no SHA-256", e);
        }
    }
}
