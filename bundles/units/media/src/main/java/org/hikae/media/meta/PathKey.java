package org.hikae.media.meta;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.hikae.api.fs.FileName;

/**
 * Paths as bytes whose order is that of a walk: each name after a zero byte, which is in no name. So a directory comes before
 * what is in it, all that is in it before its next sibling, and siblings come by the bytes of their names.
 */
final class PathKey {

    /** The root's. */
    static final byte[] ROOT = {};

    private PathKey() {}

    /** The key of a path as text; empty if no file can have that path. */
    static Optional<byte[]> parse(String path) {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                byte[] name = FileName.parse(part).bytes();
                for (byte each : name) {
                    if (each == 0 || each == '/') {
                        return Optional.empty();
                    }
                }
                key.write(0);
                key.writeBytes(name);
            }
        }
        return Optional.of(key.toByteArray());
    }

    /** The path as text. */
    static String text(byte[] key) {
        return key.length == 0 ? "/" : below(key, 0);
    }

    /** What comes after a directory's key, as text: each name after a slash. */
    static String below(byte[] key, int directory) {
        StringBuilder text = new StringBuilder();
        for (int from = directory; from < key.length; ) {
            int end = from + 1;
            while (end < key.length && key[end] != 0) {
                end++;
            }
            text.append('/').append(FileName.of(Arrays.copyOfRange(key, from + 1, end)));
            from = end;
        }
        return text.toString();
    }

    /** Where the key of the directory ends that a file is in; 0 for the root itself too. */
    static int parentLength(byte[] key) {
        int at = Math.max(0, key.length - 1);
        while (at > 0 && key[at] != 0) {
            at--;
        }
        return at;
    }

    /** Whether a file is below a directory. */
    static boolean isBelow(byte[] key, byte[] directory) {
        return key.length > directory.length
                && Arrays.equals(key, 0, directory.length, directory, 0, directory.length)
                && key[directory.length] == 0;
    }

    /** The number of bytes with which both begin. */
    static int shared(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }
}
