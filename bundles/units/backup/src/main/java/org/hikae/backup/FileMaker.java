package org.hikae.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.job.Progress;
import org.hikae.backup.Unrestored.Kind;
import org.hikae.io.ExactFiles;

/** Makes files like those of a generation, in places where nothing is. */
final class FileMaker {

    /** Only the owner gets in until the folder has all that is in it, and its own mode. */
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final FileSystem source;
    private final ExactFiles files;
    private final Restored restored;
    private final ContentWriter content;
    private final AttributeWriter attributes;

    /**
     * @param files what can be done where the files are made
     * @param forced whether each file becomes durable by itself
     */
    FileMaker(FileSystem source, ExactFiles files, boolean forced, Restored restored, Progress progress)
            throws IOException {
        this.source = source;
        this.files = files;
        this.restored = restored;
        this.content = new ContentWriter(source, forced, progress);
        this.attributes = new AttributeWriter(source, files, restored.unrestored());
    }

    /** Makes a folder, which gets its attributes by {@link #attributes} when it is full. */
    static void makeFolder(Path place) throws IOException {
        Files.createDirectory(place, PRIVATE);
    }

    /** Gives what was made here attributes. */
    AttributeWriter attributes() {
        return attributes;
    }

    /** The place of a name in a folder. */
    Path child(Path folder, byte[] name) throws IOException {
        return files.child(folder, name);
    }

    /**
     * Makes a file that is no directory, with content and attributes.
     *
     * @return false if it was not possible, which is counted
     */
    boolean make(Path place, FileEntry file) throws IOException {
        boolean made = create(place, file);
        if (made) {
            attributes.write(place, file);
        }
        return made;
    }

    private boolean create(Path place, FileEntry file) throws IOException {
        switch (file.attributes().type()) {
            case REGULAR -> restored.written(content.write(place, file));
            case SYMLINK -> createSymlink(place, file);
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET -> {
                return createSpecial(place, file);
            }
            case DIRECTORY -> throw new IllegalArgumentException("a directory");
        }
        return true;
    }

    private void createSymlink(Path place, FileEntry file) throws IOException {
        byte[] target = source.symlinkTarget(file.attributes().inode()).bytes();
        try {
            files.createSymlink(place, target);
        } catch (IllegalArgumentException e) {
            throw new FileSystemRefusedException("symlink " + file.path(), -1, "it leads to no path");
        }
    }

    private boolean createSpecial(Path place, FileEntry file) throws IOException {
        try {
            FileAttributes wanted = file.attributes();
            files.createSpecial(place, wanted.type(), wanted.deviceMajor(), wanted.deviceMinor());
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            restored.unrestored().add(Kind.SPECIAL_FILES, file.path(), SystemReason.of(e));
            return false;
        }
    }
}
