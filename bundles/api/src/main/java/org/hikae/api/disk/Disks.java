package org.hikae.api.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.shared.FormatOptions;
import org.osgi.annotation.versioning.ProviderType;

/** The shared disks of this platform, kept as OSGi configurations of the factory PID {@code org.hikae.disk}. */
@ProviderType
public interface Disks {

    /** All configured disks by name, those that cannot be opened, or whose file system cannot be read, too. */
    List<DiskStatus> list();

    /**
     * The disk of that name.
     *
     * @throws IOException if there is no such disk, or it cannot be opened; the message says which, and why
     */
    Disk get(String name) throws IOException;

    /**
     * Adds a disk, durably. Returns when it can be used. A file system on it is read once, so that what cannot be read is
     * known at once.
     *
     * @param name a letter or digit, then up to 62 letters, digits, dots, dashes and underscores
     * @param path a regular file of at least one byte, or a block device; made absolute
     * @param format one of {@link #formats}, or a format exactly, such as {@code ext4}: the disk must hold such a file
     *     system; {@code raw}: whatever is on it does not matter; null: found out
     * @param blockSize bytes, a power of two from 512 to 65536; 0: that of the file system, 4096 for {@code raw}
     * @throws IOException if the name is taken or not allowed, the file cannot be opened for reading and writing or is
     *     a disk already, the format is not known or is not that of the disk, or its file system cannot be read; nothing
     *     was changed
     */
    Disk add(String name, Path path, String format, int blockSize) throws IOException;

    /** The formats that can be chosen now, by name; {@code raw} is always among them. */
    List<String> formats();

    /** Those of {@link #formats} that {@link #format} can make. */
    List<String> sharedFormats();

    /**
     * Makes an empty file system on a disk and notes, durably, that the disk has it. The disk stays the same, with its id
     * and what is known of its changes. Nobody else may use it ({@link #use}) before or meanwhile; the caller may, once, as
     * whoever has its door open does.
     *
     * @param format one of {@link #sharedFormats}
     * @param door passes every write to the tracker and the logs; the caller's to close
     * @throws IOException if there is no such disk or format, others use the disk, or it is too small or cannot be written
     */
    void format(String name, String format, FormatOptions options, BlockDevice door) throws IOException;

    /**
     * Opens the file system on any device, such as a generation whose disk is not configured any more. Nothing is written.
     *
     * @param format one of {@link #formats}, or a format exactly, such as {@code ext4}; {@code raw} or null: found out
     * @param device stays open as long as the file system is used, and is the caller's to close
     * @throws org.hikae.api.fs.FileSystemRefusedException if there is one, but it cannot be read
     * @throws IOException if no driver finds a file system that it knows, or the device cannot be read
     */
    FileSystem openFileSystem(String format, BlockDevice device) throws IOException;

    /**
     * Forgets the disk. Its file and its generations stay.
     *
     * @throws IOException if there is no such disk, or it is in use
     */
    void remove(String name) throws IOException;

    /**
     * The disk that a file is, under whichever of its paths. Only nodes write to it.
     *
     * @return the disk's name; empty if the file is no disk, or is not there
     */
    Optional<String> at(Path file) throws IOException;

    /**
     * Keeps a disk from being removed until the returned handle is closed.
     *
     * @param reason what uses the disk, for the message of a refused {@link #remove}
     * @throws IOException if there is no such disk
     */
    AutoCloseable use(String name, String reason) throws IOException;
}
