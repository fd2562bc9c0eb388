package org.hikae.files.center.table;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.hikae.api.fs.FileName;

/**
 * What paths are found and ordered by: the path itself up to 1024 bytes, which indexes of all databases take; of a longer one its first
 * 992 bytes and the SHA-256 of all. So each path has a key of its own, and paths are in the order of their bytes, but for those
 * that have so much in common.
 */
public final class PathKey {

    private static final int MAX = 1024;
    private static final int HEAD = MAX - 32;

    private PathKey() {}

    public static byte[] of(FileName path) {
        byte[] bytes = path.bytes();
        if (bytes.length <= MAX) {
            return bytes;
        }
        byte[] key = Arrays.copyOf(bytes, MAX);
        System.arraycopy(sha256(bytes), 0, key, HEAD, MAX - HEAD);
        return key;
    }

    /** Whether the key is not the path itself. */
    static boolean isShort(FileName path) {
        return path.length() <= MAX;
    }

    /** The keys that paths beginning with these bytes may have begin so; others' keys may too. */
    static byte[] head(byte[] prefix) {
        return prefix.length <= HEAD ? prefix : Arrays.copyOf(prefix, HEAD);
    }

    /** The first key behind all that begin with these bytes, which are not all 0xFF. */
    static byte[] behind(byte[] head) {
        int last = head.length - 1;
        while (head[last] == (byte) 0xFF) {
            last--;
        }
        byte[] behind = Arrays.copyOf(head, last + 1);
        behind[last]++;
        return behind;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
