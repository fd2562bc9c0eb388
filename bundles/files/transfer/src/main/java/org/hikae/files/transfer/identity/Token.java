package org.hikae.files.transfer.identity;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a center gives out of band to who is to join it: the fingerprint of its CA, so that the joining side knows the
 * center before it says anything, and a secret that can be used once. As text: both as base64url without padding, a dot
 * between them. A secret: it is not printed by {@link #toString}.
 */
public final class Token {
    /** Bytes of a fingerprint: SHA-256 of the CA's certificate in DER. */
    public static final int FINGERPRINT = 32;

    /** Bytes of a secret. */
    public static final int SECRET = 24;

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{32})");

    private final byte[] fingerprint;
    private final byte[] secret;

    /** @throws IllegalArgumentException if a length is not right */
    public Token(byte[] fingerprint, byte[] secret) {
        if (fingerprint.length != FINGERPRINT || secret.length != SECRET) {
            throw new IllegalArgumentException("a token of " + fingerprint.length + " and " + secret.length + " bytes");
        }
        this.fingerprint = fingerprint.clone();
        this.secret = secret.clone();
    }

    /** The token whose {@link #text} this is, spaces around it aside; empty if it is none. */
    public static Optional<Token> parse(String text) {
        var match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        Base64.Decoder decoder = Base64.getUrlDecoder();
        Token token = new Token(decoder.decode(match.group(1)), decoder.decode(match.group(2)));
        // The last character has bits that are not used: only one way to write a token is right.
        return token.text().equals(text.strip()) ? Optional.of(token) : Optional.empty();
    }

    /** As {@link #parse} takes it: letters, digits, {@code -}, {@code _} and one dot. */
    public String text() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(fingerprint) + "." + encoder.encodeToString(secret);
    }

    public byte[] fingerprint() {
        return fingerprint.clone();
    }

    public byte[] secret() {
        return secret.clone();
    }

    /** In the same time, whatever the other one is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Token that
                && MessageDigest.isEqual(fingerprint, that.fingerprint)
                && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fingerprint);
    }

    @Override
    public String toString() {
        return "a token";
    }
}
