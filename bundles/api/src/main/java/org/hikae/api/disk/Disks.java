package org.hikae.api.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The shared disks of this platform, kept as OSGi configurations of the factory PID {@code org.hikae.disk}. */
@ProviderType
public interface Disks {

    /** All configured disks by name, those that cannot be opened too. */
    List<DiskStatus> list();

    /**
     * The disk of that name.
     *
     * @throws IOException if there is no such disk, or it cannot be opened; the message says which, and why
     */
    Disk get(String name) throws IOException;

    /**
     * Adds a disk, durably. Returns when it can be used.
     *
     * @param name a letter or digit, then up to 62 letters, digits, dots, dashes and underscores
     * @param path a regular file of at least one byte, or a block device; made absolute
     * @param format name of the format, or null: detected
     * @param blockSize bytes, a power of two from 512 to 65536
     * @throws IOException if the name is taken or not allowed, the file cannot be opened for reading and writing or is
     *     a disk already, or the format is not known; nothing was changed
     */
    Disk add(String name, Path path, String format, int blockSize) throws IOException;

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
