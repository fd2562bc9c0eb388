package org.hikae.api.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.SharedFileSystem;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A shared disk (13) as the block manager (22) knows it: a regular file or a block device, under a name.
 *
 * <p>Thread-safe. Whoever works on it keeps it from being removed by {@link Disks#use}. While a generation stands in for
 * it ({@link InPlaceMounts}), all that is opened here reads what the generation has where the disk has not got it yet;
 * nobody opens {@link #path} by himself.
 */
@ProviderType
public interface Disk {

    /** The format of a disk without a file system that is known. */
    String RAW = "raw";

    /** The name, as {@link Disks#add} accepts it. */
    String name();

    /** Given when the disk was added, kept for its life, and written into every generation and log record of it. */
    UUID id();

    /** Absolute path of the file or block device. */
    Path path();

    /**
     * The format of the file system on it, exactly, such as {@code ext4}; {@code raw} for none. While the format's driver
     * has not been there, the name that users choose it by, such as {@code ext}.
     */
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

    /**
     * The blocks that a backup wants as long as it has not asked the file system at T0 (R3): all of them. What is used
     * (a.8) as the disk stands, {@link FileSystem#used} tells.
     */
    BlockSet used() throws IOException;

    /** Whether it has a file system of a known format, by which a backup can ask what is used at T0 (R3). */
    default boolean hasFileSystem() {
        return !format().equals(RAW);
    }

    /**
     * Opens the file system as the disk stands while it is read. Closing it releases the disk.
     *
     * @throws org.hikae.api.fs.FileSystemRefusedException if it cannot be read
     * @throws IOException if the disk is raw, the driver of its format is not there, or it cannot be read
     */
    FileSystem openFileSystem() throws IOException;

    /**
     * Opens the file system on another view of this disk, such as a node's, its state at T0, or a generation. The view
     * stays the caller's to close.
     *
     * @throws IOException as {@link #openFileSystem()}
     */
    FileSystem openFileSystem(BlockDevice view) throws IOException;

    /**
     * Opens the file system for use by nodes. One at a time.
     *
     * @param door passes every write to the tracker and the logs; the caller's to close, after the file system
     * @throws IOException if the disk's format is not one that nodes can write, or as {@link #openFileSystem()}
     */
    SharedFileSystem mount(BlockDevice door) throws IOException;

    /** Checks the file system on a view of this disk; nothing is written. */
    CheckReport check(BlockDevice view) throws IOException;

    /** What has changed since earlier backups and marks (a.9). */
    ChangeTracker changes();
}
