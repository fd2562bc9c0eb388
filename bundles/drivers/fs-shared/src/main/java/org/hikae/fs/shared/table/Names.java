package org.hikae.fs.shared.table;

import java.nio.file.FileSystemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hikae.api.fs.FileName;
import org.hikae.api.shared.SharedFileSystem;

/** What a name can be, and where it stands in a listing. */
public final class Names {

    private static final int HASH_BYTES = Long.BYTES;

    private Names() {}

    /**
     * Where a name stands among those of its directory: the first 62 bits of its SHA-256, so that a place in a listing is a
     * number which stays, whatever comes and goes, and nobody can make many names with one of them.
     */
    static long hash(byte[] name) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        long hash = 0;
        for (int i = 0; i < HASH_BYTES; i++) {
            hash = hash << 8 | digest[i] & 0xff;
        }
        return hash >>> 2;
    }

    /** @throws FileSystemException if no file can have this name */
    public static void check(FileName name) throws FileSystemException {
        String why = problem(name.bytes());
        if (why != null) {
            throw new FileSystemException(name.toString(), null, why);
        }
    }

    /** Why no file can have this name; null if one can. */
    static String problem(byte[] name) {
        if (name.length == 0) {
            return "a name has at least one byte";
        } else if (name.length > SharedFileSystem.LONGEST_NAME) {
            return "a name has at most " + SharedFileSystem.LONGEST_NAME + " bytes, and this one has " + name.length;
        } else if (name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.')) {
            return "the names . and .. are taken";
        }
        for (byte each : name) {
            if (each == 0 || each == '/') {
                return "a name has neither slashes nor zero bytes";
            }
        }
        return null;
    }
}
