package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.node.volume.FileContent;

/** Opens, and makes, regular files. */
final class Opening {

    private final FileTree files;
    private final Finder finder;
    private final NodePath path;
    private final OpenOptions options;
    private final int mode;

    /** @param mode of a file that is made */
    Opening(FileTree files, NodePath path, OpenOptions options, int mode) {
        this.files = files;
        this.finder = files.finder();
        this.path = path;
        this.options = options;
        this.mode = mode;
    }

    /** The open file, as the options want it. */
    NodeFileChannel open() throws IOException {
        return finder.again(path, null, () -> {
            Place place = finder.place(path, options.follow() && !options.createNew());
            if (place instanceof Place.Found found) {
                return existing(found);
            }
            if (place instanceof Place.Missing missing && (options.create() || options.createNew())) {
                return created(missing);
            }
            throw Finder.nothing(place, path);
        });
    }

    private NodeFileChannel existing(Place.Found found) throws IOException {
        if (options.createNew()) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (!found.is(FileType.REGULAR)) {
            throw new FileSystemException(
                    path.toString(), null, hindrance(found.file().type()));
        }
        return channel(found.file(), found.directory(), found.name());
    }

    private static String hindrance(FileType type) {
        return switch (type) {
            case REGULAR -> throw new IllegalArgumentException("regular files can be opened");
            case DIRECTORY -> "Is a directory: it can be listed, but not opened as a file";
            case SYMLINK -> "Too many levels of symbolic links: it is one, and links are not to be followed";
            case CHARACTER_DEVICE, BLOCK_DEVICE -> "it stands for a device, which a shared file system does not have";
            case FIFO, SOCKET -> "it stands for a conversation of processes, which a shared file system does not have";
        };
    }

    private NodeFileChannel created(Place.Missing missing) throws IOException {
        FileAttributes directory = missing.directory();
        FileAttributes file;
        try {
            file = finder.mutate(tree -> tree.create(
                    directory.inode(), missing.name(), files.newFiles().regular(directory, mode)));
        } catch (FileAlreadyExistsException e) {
            // Another was faster. That is a failure only for who must be the first.
            throw options.createNew() ? e : new StaleException(e);
        }
        return channel(file, directory.inode(), missing.name());
    }

    private NodeFileChannel channel(FileAttributes file, long directory, FileName name) throws IOException {
        FileContent content = finder.open(file.inode());
        try {
            if (options.deleteOnClose()) {
                unlink(directory, name);
            }
            if (options.truncate()) {
                content.resize(0);
            }
            return path.getFileSystem()
                    .opened()
                    .add(new NodeFileChannel(
                            path, new FileStatus.Key(finder.volume().disk(), file.inode()), content, options));
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /** The name goes at once: then the file goes with the last who has it open, even if the node is lost. */
    private void unlink(long directory, FileName name) throws IOException {
        try {
            finder.volume().mutate(tree -> {
                tree.unlink(directory, name);
                return null;
            });
        } catch (NoSuchFileException e) {
            // Another took the name away, as it was to be.
            return;
        }
    }
}
