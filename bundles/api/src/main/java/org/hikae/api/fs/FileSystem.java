package org.hikae.api.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.hikae.api.block.BlockSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file system on a device, opened for reading without mounting it. What it answers is of the device as it stands while
 * it is asked: a device that does not change, such as a generation, or a disk's state at T0, gives one picture.
 *
 * <p>Block numbers count blocks of {@link FileSystemInfo#blockSize}. Used by one thread at a time. Memory does not grow
 * with the file system, but for the sets of blocks that are returned. Every method but {@link #close} throws
 * {@link FileSystemRefusedException} where it meets damage, and {@link IOException} where the device cannot be read: a
 * wrong or shortened answer is never given.
 */
@ProviderType
public interface FileSystem extends Closeable {

    FileSystemInfo info() throws IOException;

    /**
     * The used blocks (a.8): those that are not free by the file system's own account, and those that a file has
     * although they count as free. What lies on the device after the file system's end is not in the set.
     */
    BlockSet used() throws IOException;

    /**
     * The blocks that hold no file's content, but what is needed to find all content: with them alone the file system
     * can be mounted and shows all names and attributes (b.6).
     */
    BlockSet metadata() throws IOException;

    /**
     * What a block is there for; looks through all files if need be.
     *
     * @param block from 0 to {@link FileSystemInfo#blockCount} - 1
     * @throws IndexOutOfBoundsException if there is no such block
     */
    BlockOwner owner(long block) throws IOException;

    /** The file of a path as {@link FileEntry} has it, if there is one; symlinks are not followed. */
    Optional<FileEntry> find(String path) throws IOException;

    /**
     * Shows a file, and if it is a directory all that is in and below it, each directory before what is in it.
     *
     * @throws FileSystemRefusedException if a directory is met under a second name, since directories have one
     */
    void walk(FileEntry from, Visitor visitor) throws IOException;

    /** Attributes of a file by its number. */
    FileAttributes attributes(long inode) throws IOException;

    /**
     * Where the content of a file lies from a logical block on: the next extents in ascending order, as many as are at
     * hand, of which the first may begin before {@code from}; empty if there are none. The caller goes on from the
     * {@link FileExtent#end} of the last. What a journal alone has, since it was not replayed, lies there.
     */
    List<FileExtent> extents(long inode, long from) throws IOException;

    /** The target of a symlink. */
    FileName symlinkTarget(long inode) throws IOException;

    /** The extended attributes of a file, as Linux shows them on a mounted file system. */
    List<ExtendedAttribute> extendedAttributes(long inode) throws IOException;

    /**
     * Reads content of a regular file, from the buffer's position to its limit; holes are zeros.
     *
     * @throws IndexOutOfBoundsException if the bytes asked for do not all lie within the file
     */
    void read(long inode, ByteBuffer dst, long offset) throws IOException;

    /** Releases the device, if it was opened for this file system. Idempotent. */
    @Override
    void close() throws IOException;

    /** Is shown files. */
    @FunctionalInterface
    interface Visitor {

        /** @return whether to go on */
        boolean visit(FileEntry file) throws IOException;

        /**
         * Whether what is in a directory is to be shown, asked when the directory itself has been. It saves reading; who
         * walks may show it all the same.
         */
        default boolean enters(FileEntry directory) throws IOException {
            return true;
        }
    }
}
