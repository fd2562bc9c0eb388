package org.hikae.api.shared;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The main part of a shared file system (22): names, attributes, and which blocks hold which part of which file. Nodes
 * call it; it never calls nodes, and knows nothing of their caches. Thread-safe.
 *
 * <p>Every method is atomic, and happens before or after every other one. What it changed is seen at once by all, and is
 * durable after the next {@link #commit}: a crash keeps a beginning of all changes in the order in which they happened,
 * never half of one (R17). Times are set where a method says so; the time of the last access only by {@link #change}.
 *
 * <p>Files are known by the numbers of their inodes, which are never given to another file. Methods throw
 * {@link java.nio.file.NoSuchFileException} for a number or name that is not there,
 * {@link java.nio.file.NotDirectoryException} for a directory that is none, {@link FileSystemFullException} if there is no
 * room, {@link org.hikae.api.fs.FileSystemRefusedException} for damage, and other {@link IOException}s if the disk cannot be
 * read or written; whatever they throw, they have changed nothing. The messages name numbers and names, since paths are the
 * callers'.
 */
@ProviderType
public interface SharedFileSystem extends Closeable {

    /** The longest name, in bytes. */
    int LONGEST_NAME = 255;

    /** The longest target of a symlink, in bytes. */
    int LONGEST_TARGET = 4095;

    FileSystemInfo info();

    Space space();

    /** Number of the root directory. */
    long root();

    /**
     * Goes down from a directory, name by name, as far as there are directories. {@code .} and {@code ..} are names that
     * do not exist, but for {@link #parent}.
     *
     * @param names at least one
     */
    Lookup lookup(long directory, List<FileName> names) throws IOException;

    /** The directory that a directory is in; the root is in itself. */
    long parent(long directory) throws IOException;

    FileAttributes attributes(long inode) throws IOException;

    /**
     * Entries of a directory whose names were there all the time since the listing began, and maybe some that came or went.
     *
     * @param from 0 to begin, then {@link Listing#next} of the part before
     */
    Listing list(long directory, long from) throws IOException;

    /** The target of a symlink, as it was given. */
    FileName symlinkTarget(long inode) throws IOException;

    /**
     * Makes a file with one name. The times of the file, and modification and change of the directory, become now. A
     * directory has two links and gives its parent one.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     */
    FileAttributes create(long directory, FileName name, NewFile file) throws IOException;

    /**
     * Gives a file that is no directory one more name.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     */
    void link(long inode, long directory, FileName name) throws IOException;

    /**
     * Takes a name off a file that is no directory. A file without names is there until nobody has it open any more; its
     * blocks can be given away only once that is durable.
     *
     * @throws java.nio.file.FileSystemException if it is a directory
     */
    void unlink(long directory, FileName name) throws IOException;

    /** @throws java.nio.file.DirectoryNotEmptyException if there is something in it */
    void removeDirectory(long directory, FileName name) throws IOException;

    /**
     * Moves a name. If the new name is taken, it is replaced in the same step: a file by a file, an empty directory by a
     * directory. Two names of one file: nothing happens.
     *
     * @param replace whether a name that is taken may be replaced
     * @throws java.nio.file.FileAlreadyExistsException if it is taken and may not
     * @throws java.nio.file.DirectoryNotEmptyException if the directory to be replaced is not empty
     * @throws java.nio.file.FileSystemException if a directory would come to lie below itself, or a file and a directory
     *     would replace each other
     */
    void rename(long fromDirectory, FileName from, long toDirectory, FileName to, boolean replace) throws IOException;

    /** Changes what is not null in the change; the time of change becomes now, or what the change says. */
    FileAttributes change(long inode, AttributeChange change) throws IOException;

    List<ExtendedAttribute> extendedAttributes(long inode) throws IOException;

    /**
     * @param value at most 64 KiB; null: the attribute is removed
     * @throws java.nio.file.NoSuchFileException if it is to be removed and is not there
     */
    void setExtendedAttribute(long inode, FileName name, byte[] value) throws IOException;

    /** Keeps a file that loses its names until it is closed as often, or until {@link #forget} of the opener. */
    void open(long inode, long opener) throws IOException;

    void close(long inode, long opener) throws IOException;

    /** All that an opener has open is closed: it is gone. What it reserved is free again. */
    void forget(long opener) throws IOException;

    /**
     * Where the content of a regular file lies from a logical block on: the next extents in ascending order, as many as are
     * at hand, of which the first may begin before {@code from}; empty if there are none. Parts without an extent are
     * zeros, and so is what lies in the last block after the file's size.
     */
    List<FileExtent> extents(long inode, long from) throws IOException;

    /**
     * Promises that so many blocks will be there for {@link #reserve}, so that data can be taken into a cache which has no
     * place yet.
     *
     * @param opener whose promise it is
     * @throws FileSystemFullException if there are not so many, or the metadata region has no room to map them
     */
    void promise(long blocks, long opener) throws IOException;

    /** Gives back what was promised and not reserved. */
    void giveBack(long blocks, long opener) throws IOException;

    /**
     * Takes blocks for logical blocks of a file that have none yet, in few and long runs, near to what comes before them.
     * Nobody else gets them, and they are not part of the file until {@link #map}; each uses one promise up. Logical blocks
     * that have a block already are left out. What was not promised is, if there is room.
     */
    List<FileExtent> reserve(long inode, long logical, long count, long opener) throws IOException;

    /**
     * Makes reserved blocks part of the file. Called after they were written in full: then a commit forces the data before
     * it makes the extents durable, and no file shows another file's data (R17).
     *
     * @param written the extents, as {@link #reserve} returned them or parts of them; may be empty
     * @param size of the file from now on, in bytes, if it is greater than it was
     * @param modified the time of modification and change from now on
     * @throws java.nio.file.NoSuchFileException if the file is gone; the blocks are free again
     * @throws IllegalArgumentException if they are not reserved by the opener, lie beyond the size, or the file has some of
     *     these logical blocks already
     */
    void map(long inode, List<FileExtent> written, long size, Instant modified, long opener) throws IOException;

    /**
     * Sets the size; whole blocks after it leave the file, and are given away only once that is durable. Where the size
     * grows, and where the last block is cut, the caller sees to it that what is not written reads as zeros.
     *
     * @param size bytes, from 0 to 2^62
     */
    void resize(long inode, long size, Instant modified) throws IOException;

    /** Makes durable whatever was changed before, and all blocks that were written before. */
    void commit() throws IOException;

    /** Looks whether all agrees; a picture of one moment, while others go on. */
    CheckReport check() throws IOException;

    /** Makes all durable and ends; promises and openings end too. Idempotent. */
    @Override
    void close() throws IOException;

    /**
     * How far {@link #lookup} came.
     *
     * @param attributes of the last file that was found; of the directory itself if no name was found
     * @param directory the directory that the last found file is in
     * @param found number of names that were found, in order; the next one is not there, or comes after a file that is no
     *     directory, such as a symlink
     */
    record Lookup(FileAttributes attributes, long directory, int found) {}

    /**
     * Entries of a directory.
     *
     * @param entries as many as are at hand
     * @param next where to go on; -1 if there are no more
     */
    record Listing(List<DirectoryEntry> entries, long next) {
        public Listing {
            entries = List.copyOf(entries);
        }
    }

    /**
     * How much room there is.
     *
     * @param blockSize bytes
     * @param blocks blocks for data, used ones included
     * @param free blocks that are neither used nor promised nor reserved
     * @param files number of files
     * @param metadataBytes size of the metadata region
     * @param metadataUsed bytes of it that are taken; from about its limit on nothing more can be added
     * @param metadataLimit bytes of it that can be taken before there is no more room for files
     */
    record Space(
            int blockSize,
            long blocks,
            long free,
            long files,
            long metadataBytes,
            long metadataUsed,
            long metadataLimit) {}
}
