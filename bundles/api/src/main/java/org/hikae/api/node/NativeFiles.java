package org.hikae.api.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the file systems of nodes ({@link Node#fileSystem}) can do and Java has no call for: special files, targets of
 * symlinks to the byte, which Java's paths do not keep ({@code a//b/} becomes {@code a/b}), and extended attributes that are
 * not {@code user.*}. Thread-safe.
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

    /**
     * The extended attributes of a file, with their full names; a symlink is not followed.
     *
     * @throws IOException if there is no such file, or they cannot be read
     */
    List<ExtendedAttribute> extendedAttributes(Path path) throws IOException;

    /**
     * Gives a file an extended attribute, or takes it away; a symlink is not followed.
     *
     * @param name in full, such as {@code system.posix_acl_access}
     * @param value at most 64 KiB; null: the attribute is removed
     * @throws IOException if there is no such file, there is no such attribute to remove, or this cannot be stored
     */
    void setExtendedAttribute(Path path, FileName name, byte[] value) throws IOException;
}
