package org.hikae.io;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Set;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/**
 * What copies and restores need of a file system and Java has no way for, or not for all names that there are: of the machine's own,
 * or that of a node's shared disk ({@link org.hikae.api.node.Node#fileSystem}). No method follows a symlink that is the last
 * name of a path. Thread-safe.
 */
public interface ExactFiles {

    /** What extended attributes begin with that Java knows, without this. */
    String USER = "user.";

    /** The last name of a path, as it is on disk. */
    byte[] name(Path file);

    /**
     * The file of that name in a folder.
     *
     * @throws IOException if a file cannot have that name there
     */
    Path child(Path folder, byte[] name) throws IOException;

    /** The target of a symlink, as it is on disk. */
    byte[] target(Path symlink) throws IOException;

    /**
     * @param target of at least one byte
     * @throws IllegalArgumentException if these bytes can be no target
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file
     * @throws IOException if it cannot be created
     */
    void createSymlink(Path place, byte[] target) throws IOException;

    /**
     * Creates a special file that only its owner can use.
     *
     * @param type a FIFO, socket or device
     * @param major of a device, else 0
     * @param minor of a device, else 0
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file
     * @throws IOException if it cannot be created
     * @throws UnsupportedOperationException if there are none in this file system
     */
    void createSpecial(Path place, FileType type, int major, int minor) throws IOException;

    /** Sets the times of access and modification. */
    void setTimes(Path place, Instant accessed, Instant modified) throws IOException;

    /**
     * Gives a file an extended attribute.
     *
     * @param name in full, such as {@code user.comment}
     * @throws IOException if this is not allowed or not possible
     */
    void setExtendedAttribute(Path place, FileName name, byte[] value) throws IOException;

    /**
     * Removes the extended attributes that a file should not have, of those that this file system tells of.
     *
     * @param wanted names in full
     */
    default void retainExtendedAttributes(Path place, Set<FileName> wanted) throws IOException {
        UserDefinedFileAttributeView view = userView(place);
        if (view == null) {
            return;
        }
        for (String name : view.list()) {
            if (!wanted.contains(FileName.parse(USER + name))) {
                view.delete(name);
            }
        }
    }

    /** What can be done with files of this path's file system. */
    static ExactFiles of(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault()) ? new MachineFiles() : new AnyFiles();
    }

    private static UserDefinedFileAttributeView userView(Path place) {
        return Files.getFileAttributeView(place, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
