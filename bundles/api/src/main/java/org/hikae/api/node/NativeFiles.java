package org.hikae.api.node;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the file systems of nodes ({@link Node#fileSystem}) can do and Java has no call for: special files, and targets of
 * symlinks to the byte, which Java's paths do not keep ({@code a//b/} becomes {@code a/b}). Thread-safe.
 */
@ProviderType
public interface NativeFiles {

    /**
     * Makes a FIFO, a socket or a device file.
     *
     * @param path of this file system
     * @param mode permissions, 0 to 0777, of which the platform's own mask may take some
     * @param major of a device, 0 to 2^31-1; else 0
     * @param minor of a device, 0 to 2^31-1; else 0
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file
     * @throws IOException if it cannot be made
     */
    void createSpecial(Path path, FileType type, int mode, int major, int minor) throws IOException;

    /**
     * Makes a symlink.
     *
     * @param target of 1 to 4095 bytes
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file
     * @throws IOException if it cannot be made
     */
    void createSymlink(Path path, FileName target) throws IOException;

    /**
     * The target of a symlink, as it was given.
     *
     * @throws java.nio.file.NotLinkException if it is none
     * @throws IOException if it cannot be read
     */
    FileName symlinkTarget(Path path) throws IOException;
}
