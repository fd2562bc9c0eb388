package org.hikae.api.shared.spi;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.spi.FileSystemFormat;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.FormatOptions;
import org.hikae.api.shared.SharedFileSystem;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A format of file systems that the platform itself writes. A DS service of {@link FileSystemFormat} with its properties,
 * which is of this type too. Thread-safe.
 */
@ConsumerType
public interface SharedFormat extends FileSystemFormat {

    /**
     * Makes an empty file system. While it is being made the device holds no file system at all: the last thing that is
     * written, after all else is durable, is what {@link #detect} knows it by.
     *
     * @param device at least 2 MiB large
     * @throws IOException if the device is too small for what is asked, or cannot be written
     */
    void format(BlockDevice device, FormatOptions options) throws IOException;

    /**
     * Opens the file system for use by nodes, and finishes what a crash has interrupted. One at a time for a device.
     *
     * @param device passes every write to the tracker and the logs; stays open as long as the file system is used, and is the
     *     caller's to close
     * @param freeSpace makes the table of free blocks
     * @throws org.hikae.api.fs.FileSystemRefusedException if there is none, or it is damaged
     */
    SharedFileSystem mount(BlockDevice device, FreeSpace.Factory freeSpace) throws IOException;

    /** Checks a file system that is not mounted; nothing is written. */
    CheckReport check(BlockDevice device) throws IOException;
}
