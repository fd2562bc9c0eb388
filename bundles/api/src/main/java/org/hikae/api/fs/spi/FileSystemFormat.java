package org.hikae.api.fs.spi;

import java.io.IOException;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystemRefusedException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A family of file system formats, such as ext2, ext3 and ext4. A DS service with the property {@link #NAME}; it may come
 * and go while the platform runs. Thread-safe.
 */
@ConsumerType
public interface FileSystemFormat {

    /** Service property: the name by which users choose this format, a word in lower case such as {@code ext}. */
    String NAME = "hikae.fs.format";

    /**
     * Finds out whether a device holds such a file system, from a few kilobytes: disks are asked often.
     *
     * @param device not larger than it says, with anything on it
     * @return empty if it holds something else
     * @throws FileSystemRefusedException if it does, but the file system uses a feature that is not known, or what was
     *     read is damaged
     * @throws IOException if the device cannot be read
     */
    Optional<DetectedFileSystem> detect(BlockDevice device) throws IOException;

    /**
     * Opens the file system on a device. Nothing is written: a journal that has not been replayed is laid over in memory.
     *
     * @param device stays open as long as the reader is used, and is the caller's to close
     * @throws FileSystemRefusedException if there is none, or it cannot be read
     * @throws IOException if the device cannot be read
     */
    FileSystemReader open(BlockDevice device) throws IOException;
}
