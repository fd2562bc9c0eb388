package org.hikae.api.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A shared disk (13) as the block manager (22) knows it: a regular file or a block device, under a name.
 *
 * <p>Thread-safe. Whoever works on it keeps it from being removed by {@link Disks#use}.
 */
@ProviderType
public interface Disk {

    /** The name, as {@link Disks#add} accepts it. */
    String name();

    /** Given when the disk was added, kept for its life, and written into every generation and log record of it. */
    UUID id();

    /** Absolute path of the file or block device. */
    Path path();

    /** Name of the file system format, {@code raw} for none. */
    String format();

    /** Size in bytes when the disk was opened; a disk that shrinks meanwhile fails on access. */
    long size();

    /** Block size in bytes, a power of two from 512 to 65536. */
    int blockSize();

    /**
     * The device, for the door alone ({@link org.hikae.api.node.Node}): no other code writes to a shared disk. Closing
     * what is returned releases it; the disk itself stays open for others.
     *
     * @throws IOException if the file is gone, smaller than it was, or cannot be opened for writing
     */
    BlockDevice openForDoor() throws IOException;

    /**
     * A read-only device for long sequential reads, past the page cache where the platform allows it. It sees every
     * write that returned before the read began. Not for use by several threads at once: each copier opens its own.
     *
     * @throws IOException if the file is gone, smaller than it was, or cannot be read
     */
    BlockDevice openForCopy() throws IOException;

    /** The used blocks (a.8) as the disk stands; all blocks where the format keeps no such list. */
    BlockSet used() throws IOException;

    /** Whether the format keeps a list of used blocks, so that a backup reads it on the disk of T0 (R3). */
    boolean tellsUsed();

    /**
     * The used blocks by what a device holds: a view of this disk at some instant.
     *
     * @param device as large as the disk; left open
     * @throws IOException if it cannot be read, or what it holds is no whole file system of the disk's format
     */
    BlockSet used(BlockDevice device) throws IOException;

    /** What has changed since earlier backups and marks (a.9). */
    ChangeTracker changes();
}
