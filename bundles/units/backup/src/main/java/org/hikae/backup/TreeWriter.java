package org.hikae.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.backup.Unrestored.Kind;
import org.hikae.io.ExactPaths;
import org.hikae.io.UnixFiles;

/**
 * Writes a tree as it is walked through. The source may have been made to do harm: every file is created new, in a folder
 * that was created here, under a name that leads nowhere else; so nothing is written through a symlink, or outside.
 */
final class TreeWriter implements FileSystem.Visitor {

    /** Only the owner gets in until the folder has all that is in it, and its own mode. */
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final FileSystem source;
    private final Path root;
    private final Unrestored unrestored;
    private final Progress progress;
    private final ContentWriter content;
    private final AttributeWriter attributes;
    private final Deque<Folder> open = new ArrayDeque<>();
    /** Where a file is whose other names are still to come, by number. */
    private final Map<Long, Linked> linked = new HashMap<>();

    private final Map<FileType, Long> counts = new EnumMap<>(FileType.class);

    /**
     * @param root the path of the first file, which does not exist yet, in a folder where nobody else makes it
     * @param forced whether each file becomes durable by itself
     */
    TreeWriter(FileSystem source, Path root, boolean forced, Unrestored unrestored, Progress progress)
            throws IOException {
        this.source = source;
        this.root = root;
        this.unrestored = unrestored;
        this.progress = progress;
        this.content = new ContentWriter(source, forced, progress);
        this.attributes = new AttributeWriter(source, unrestored);
    }

    /** A folder that more may come into. */
    private record Folder(Path place, FileEntry file) {

        private boolean isAbove(FileEntry other) {
            return other.path().startsWith(prefix());
        }

        private String prefix() {
            return file.path().endsWith("/") ? file.path() : file.path() + "/";
        }
    }

    private record Linked(Path place, long namesToCome) {}

    /** Number of names of this type that were written. */
    long count(FileType type) {
        return counts.getOrDefault(type, 0L);
    }

    long writtenBytes() {
        return content.written();
    }

    @Override
    public boolean visit(FileEntry file) throws IOException {
        progress.pass();
        boolean first = counts.isEmpty();
        leave(file);
        Path place = first ? root : place(file);
        try {
            write(place, file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    file.path() + " is there already: its folder has two files of a name that is one here", e);
        } catch (FileSystemException e) {
            throw new IOException(file.path() + " cannot be created: " + SystemReason.of(e), e);
        }
        counts.merge(file.attributes().type(), 1L, Long::sum);
        return true;
    }

    /** To be called when all files were met. */
    void finish() throws IOException {
        while (!open.isEmpty()) {
            complete(open.pop());
        }
    }

    /** Completes the folders that this file is not in. */
    private void leave(FileEntry file) throws IOException {
        while (!open.isEmpty() && !open.peek().isAbove(file)) {
            complete(open.pop());
        }
    }

    private void complete(Folder folder) throws IOException {
        attributes.write(folder.place, folder.file);
    }

    private Path place(FileEntry file) throws IOException {
        Folder folder = open.peek();
        byte[] name = folder == null
                ? new byte[0]
                : FileName.parse(file.path().substring(folder.prefix().length()))
                        .bytes();
        if (!ExactPaths.isName(name)) {
            throw new FileSystemRefusedException("directory", -1, "a file in it cannot have the name " + file.path());
        }
        return ExactPaths.child(folder.place, name);
    }

    private void write(Path place, FileEntry file) throws IOException {
        if (file.attributes().type() == FileType.DIRECTORY) {
            Files.createDirectory(place, PRIVATE);
            open.push(new Folder(place, file));
        } else if (!link(place, file) && create(place, file)) {
            attributes.write(place, file);
            expectLinks(place, file.attributes(), file.attributes().links() - 1);
        }
    }

    /** @return false if it was not possible, which is counted */
    private boolean create(Path place, FileEntry file) throws IOException {
        switch (file.attributes().type()) {
            case REGULAR -> content.write(place, file);
            case SYMLINK -> createSymlink(place, file);
            case CHARACTER_DEVICE -> {
                return createSpecial(place, file, UnixFiles.CHARACTER_DEVICE);
            }
            case BLOCK_DEVICE -> {
                return createSpecial(place, file, UnixFiles.BLOCK_DEVICE);
            }
            case FIFO -> {
                return createSpecial(place, file, UnixFiles.FIFO);
            }
            case SOCKET -> {
                return createSpecial(place, file, UnixFiles.SOCKET);
            }
            case DIRECTORY -> throw new IllegalArgumentException("a directory");
        }
        return true;
    }

    private void createSymlink(Path place, FileEntry file) throws IOException {
        byte[] target = source.symlinkTarget(file.attributes().inode()).bytes();
        try {
            UnixFiles.createSymlink(place, target);
        } catch (IllegalArgumentException e) {
            throw new FileSystemRefusedException("symlink " + file.path(), -1, "it leads to no path");
        }
    }

    private boolean createSpecial(Path place, FileEntry file, int type) throws IOException {
        try {
            FileAttributes wanted = file.attributes();
            UnixFiles.createSpecial(place, type, wanted.deviceMajor(), wanted.deviceMinor());
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            unrestored.add(Kind.SPECIAL_FILES, file.path(), SystemReason.of(e));
            return false;
        }
    }

    /** @return whether it is another name of a file that was written, and has become one here */
    private boolean link(Path place, FileEntry file) throws IOException {
        Linked other = linked.get(file.attributes().inode());
        if (other == null) {
            return false;
        }
        try {
            Files.createLink(place, other.place);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            unrestored.add(Kind.HARD_LINKS, file.path(), SystemReason.of(e));
            return false;
        }
        expectLinks(other.place, file.attributes(), other.namesToCome - 1);
        progress.advance(
                file.attributes().type() == FileType.REGULAR ? file.attributes().size() : 0);
        return true;
    }

    private void expectLinks(Path place, FileAttributes file, long namesToCome) {
        if (namesToCome > 0) {
            linked.put(file.inode(), new Linked(place, namesToCome));
        } else {
            linked.remove(file.inode());
        }
    }
}
