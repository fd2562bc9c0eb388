package org.hikae.io;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system has no space left, or none for this user. */
public class NoSpaceException extends IOException {

    private static final long serialVersionUID = 1;

    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The exception as one of this kind if it says that space ran out, else itself.
     *
     * @param path a file or folder of the file system
     * @param wanted bytes that could not be written
     */
    public static IOException ifSo(IOException e, Path path, long wanted) {
        if (e instanceof NoSpaceException) {
            return e;
        }
        boolean said = SystemError.NO_SPACE.isIn(e) || SystemError.QUOTA_EXCEEDED.isIn(e);
        if (said || free(path) < wanted) {
            return new NoSpaceException("no space left for " + path, e);
        }
        return e;
    }

    private static long free(Path path) {
        try {
            FileStore store = Files.getFileStore(path);
            return store.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
