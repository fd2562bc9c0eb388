package org.hikae.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.api.job.Reason;

/** Where a user says that a medium or a library lies, or is to be made: the absolute path of a folder. */
public final class FolderLocation {

    private FolderLocation() {}

    /**
     * The path, with nothing in it that leads back up.
     *
     * @throws IOException if it is none, or not an absolute one
     */
    public static Path parse(String location) throws IOException {
        Path folder;
        try {
            folder = Path.of(location);
        } catch (InvalidPathException e) {
            throw new IOException("'" + location + "' is not a path: " + e.getReason(), e);
        }
        if (!folder.isAbsolute()) {
            throw new IOException("'" + location + "' is not an absolute path; give the folder's path from / on");
        }
        return folder.normalize();
    }

    /**
     * The folder without symbolic links.
     *
     * @throws IOException if there is none
     */
    public static Path real(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder; give the path of one, or of one to be made");
        }
        return folder.toRealPath();
    }

    /**
     * The folder without symbolic links, which is made unless it is there: for its owner alone, and so that it survives a power
     * failure. The last folder of the path alone is made: a missing parent is a typing error, or a disk that is not mounted.
     *
     * @throws IOException if there is none, and none can be made
     */
    public static Path made(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            make(folder);
        }
        return real(folder);
    }

    private static void make(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException(
                    parent + " is not there; make it, or mount what it is on, before " + folder + " can be made in it");
        }
        try {
            Files.createDirectory(folder);
            // What is kept here is the content of disks, which not every user may read.
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            DurableFiles.forceFolder(parent);
        } catch (IOException e) {
            throw new IOException("cannot make the folder " + folder + ": " + Reason.of(e), e);
        }
    }
}
