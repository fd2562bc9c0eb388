package org.hikae.files.transfer.message;

/**
 * Wants a certificate.
 *
 * @param token as text
 * @param publicKey as {@code Keys.text} has it
 * @param proof as {@code Keys.prove} makes it
 */
public record EnrollRequest(String token, String publicKey, String proof) {
    /** Tokens are secrets. */
    @Override
    public String toString() {
        return "EnrollRequest of " + publicKey;
    }
}
