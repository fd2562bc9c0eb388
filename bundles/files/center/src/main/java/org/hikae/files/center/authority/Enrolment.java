package org.hikae.files.center.authority;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.hikae.files.transfer.identity.Certificates;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.Token;

/**
 * How a client or relay becomes a member: by a token that is good once, and the proof that it has the key. Of the token's secret
 * the hash alone is stored. Thread-safe.
 */
public final class Enrolment {

    /** How long a token can be used. */
    static final Duration LIFE = Duration.ofDays(7);

    private static final int MAX_TEXT = 1024;
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
     * @throws IOException if the name is not allowed, or taken and not to be replaced
     */
    public Token invite(String name, boolean replace) throws IOException {
        byte[] secret = new byte[Token.SECRET];
        random.nextBytes(secret);
        Token token = new Token(Certificates.fingerprint(authority.certificate()), secret);
        members.invite(
                hash(token), new Invitation(name, replace, clock.instant().plus(LIFE)));
        return token;
    }

    /**
     * Makes whoever has the token and the key a member. Asked again with the same token and key, as long as it is one, it gives the
     * same certificate again: an answer may have been lost.
     *
     * @param text of the token
     * @param publicKey as {@link Keys#text} has it
     * @param proof as {@link Keys#prove} makes it
     * @return with its certificate
     * @throws RefusedException if the token is not valid, or the proof not right; it does not say what of the token is wrong
     */
    public Member enroll(String text, String publicKey, String proof) throws IOException {
        boolean readable = text.length() <= MAX_TEXT && publicKey.length() <= MAX_TEXT && proof.length() <= MAX_TEXT;
        Token token = readable ? Token.parse(text).orElse(null) : null;
        if (token == null || !isOurs(token)) {
            throw new RefusedException(REFUSED);
        }
        if (!Keys.isProven(token, publicKey, proof)) {
            throw new RefusedException("the proof is not of this key and token");
        }
        PublicKey key = Keys.parse(publicKey);
        String secret = hash(token);
        Optional<Member> before = members.joinedWith(secret);
        return before.isPresent() ? again(before.get(), key) : join(secret, key);
    }

    private boolean isOurs(Token token) {
        return MessageDigest.isEqual(token.fingerprint(), Certificates.fingerprint(authority.certificate()));
    }

    private Member join(String secret, PublicKey key) throws IOException {
        Instant now = clock.instant();
        Invitation invitation = members.invitation(secret, now).orElseThrow(() -> new RefusedException(REFUSED));
        X509Certificate certificate = authority.issue(invitation.name(), key);
        Member member = new Member(invitation.name(), false, certificate, secret, now);
        members.join(member);
        return member;
    }

    private static Member again(Member member, PublicKey key) throws IOException {
        byte[] there = member.certificate().getPublicKey().getEncoded();
        if (!MessageDigest.isEqual(there, key.getEncoded())) {
            throw new RefusedException(REFUSED);
        }
        return member;
    }

    private static String hash(Token token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.secret()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }
}
