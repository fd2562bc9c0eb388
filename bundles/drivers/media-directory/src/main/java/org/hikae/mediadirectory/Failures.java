package org.hikae.mediadirectory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hikae.api.media.spi.MediumFullException;
import org.hikae.io.NoSpaceException;

/** Says what a failure of the file system means for the medium. */
final class Failures {

    private final Path folder;

    Failures(Path folder) {
        this.folder = folder;
    }

    /** The exception to throw instead of {@code e}, met while doing {@code what}, such as "write". */
    IOException explain(String what, String name, IOException e) {
        if (NoSpaceException.ifSo(e, folder, 0) instanceof NoSpaceException) {
            return new MediumFullException(
                    "medium folder " + folder + " is full: free some space, or use another medium", e);
        }
        if (e instanceof FileAlreadyExistsException) {
            return e;
        }
        if (!Files.isDirectory(folder)) {
            // The reason is said; what else was met in looking for it would only add to the sentence.
            IOException gone =
                    new IOException("medium folder " + folder + " is not there any more; mount it, or put it back");
            gone.addSuppressed(e);
            return gone;
        }
        if (e instanceof NoSuchFileException) {
            return e;
        }
        return new IOException("cannot " + what + " " + name + " in medium folder " + folder + ": " + reason(e), e);
    }

    /** The reason without the path, which Java's messages begin with. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder: " + e.getMessage();
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }
}
