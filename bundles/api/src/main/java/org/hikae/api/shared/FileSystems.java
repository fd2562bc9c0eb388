package org.hikae.api.shared;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** What is done to shared file systems as a whole. Content is the nodes' ({@link org.hikae.api.node.Node#fileSystem}). */
@ProviderType
public interface FileSystems {

    /**
     * Makes a new, empty file system on a disk; the disk has that format from then on. It is written through the manager's
     * door, so tracking and backups under way know of it (R5).
     *
     * @param format the name of a driver that can, such as {@code shared}
     * @param force whether what is on the disk may be destroyed; a disk that holds nothing but zeros where data would begin
     *     is blank, and needs no force
     * @throws DiskNotBlankException if the disk holds something and {@code force} is false; nothing was changed
     * @throws IOException if the disk is in use, too small, or cannot be written
     */
    void format(String disk, String format, FormatOptions options, boolean force) throws IOException;

    /**
     * Checks the file system of a disk, whether nodes use it or not.
     *
     * @throws IOException if the disk's format has no check, or it cannot be read
     */
    CheckReport check(String disk) throws IOException;

    /** Room in the file system of a disk. */
    SharedFileSystem.Space space(String disk) throws IOException;

    /**
     * Paths of files as they are at this moment, also in what is not durable yet; no cache is asked or changed.
     *
     * @param inodes numbers of the files
     * @param most how many names of the disk are looked at: large disks have more than a table is worth
     * @return one path of each file that was found; none if no node has the file system open
     */
    Map<Long, String> paths(String disk, Set<Long> inodes, int most) throws IOException;

    /**
     * Ends the use of a disk as a file system, so that the disk can be written as a whole. All is durable then.
     *
     * @throws IOException if a node has files open, or something cannot be written
     */
    void unmount(String disk) throws IOException;
}
