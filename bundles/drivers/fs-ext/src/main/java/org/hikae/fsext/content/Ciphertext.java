package org.hikae.fsext.content;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.hikae.api.fs.FileName;

/**
 * Names and targets that are encrypted may have any bytes, slashes and NUL as well. They are shown as Linux does without
 * the key: in the base64 of URLs, of long ones the beginning and a hash of the rest.
 */
public final class Ciphertext {

    /** So many bytes make 242 characters with the hash, which a name has room for. */
    private static final int SHOWN_BYTES = 149;

    private static final int MOST_BYTES = 189;

    private Ciphertext() {}

    /** The name that is shown for an encrypted one: without slashes and NUL, and of at most 255 bytes. */
    public static FileName shown(byte[] encrypted) {
        byte[] shown = encrypted;
        if (encrypted.length > MOST_BYTES) {
            byte[] hash = hash(encrypted);
            shown = Arrays.copyOf(encrypted, SHOWN_BYTES + hash.length);
            System.arraycopy(hash, 0, shown, SHOWN_BYTES, hash.length);
        }
        return FileName.of(Base64.getUrlEncoder().withoutPadding().encode(shown));
    }

    private static byte[] hash(byte[] encrypted) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(encrypted, SHOWN_BYTES, encrypted.length - SHOWN_BYTES);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
