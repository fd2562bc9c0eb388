package org.hikae.api.fs.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.FileSystemRefusedException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A file system on a device, for one thread at a time.
 *
 * <p>The device may hold anything, made to mislead or broken. Whatever it holds, each method gives the right answer or
 * throws {@link FileSystemRefusedException}, in a time that is about linear in the size of the device, and with memory
 * that does not grow with it, but for the sets that are returned. It throws {@link IOException} if the device cannot be
 * read. An implementation checks what the format lets it check.
 *
 * <p>The platform walks trees, and guards against circles; a reader need not.
 */
@ConsumerType
public interface FileSystemReader {

    FileSystemInfo info() throws IOException;

    /** As {@link org.hikae.api.fs.FileSystem#used}. */
    BlockSet used() throws IOException;

    /** As {@link org.hikae.api.fs.FileSystem#metadata}. */
    BlockSet metadata() throws IOException;

    /** As {@link org.hikae.api.fs.FileSystem#owner}; the block is one of the file system's. */
    BlockOwner owner(long block) throws IOException;

    /** Number of the root directory. */
    long root();

    /**
     * Attributes of a file.
     *
     * @param inode any number, such as stands in a damaged directory
     */
    FileAttributes attributes(long inode) throws IOException;

    /** As {@link org.hikae.api.fs.FileSystem#extents}: none for a file whose content lies elsewhere, as in its inode. */
    List<FileExtent> extents(long inode, long from) throws IOException;

    /**
     * Entries of a directory, in any order that stays the same: a part may be asked for again.
     *
     * @param from 0 to begin, then {@link DirectoryPart#next} of the part before, which grows from part to part
     */
    DirectoryPart list(long directory, long from) throws IOException;

    /** The target of a symlink, from 1 byte on. */
    FileName symlinkTarget(long inode) throws IOException;

    List<ExtendedAttribute> extendedAttributes(long inode) throws IOException;

    /** As {@link org.hikae.api.fs.FileSystem#read}; the bytes all lie within the file. */
    void read(long inode, ByteBuffer dst, long offset) throws IOException;

    /** Gives up what it holds in memory; the device stays open. Idempotent; nothing is asked after it. */
    default void close() throws IOException {}
}
