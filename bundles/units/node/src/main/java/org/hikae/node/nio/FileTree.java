package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;

/**
 * Files and directories by their paths. Each method is atomic; what it throws names the path. Thread-safe.
 */
final class FileTree {

    private final Finder finder;
    private final NewFiles newFiles;

    FileTree(Finder finder, NewFiles newFiles) {
        this.finder = finder;
        this.newFiles = newFiles;
    }

    Finder finder() {
        return finder;
    }

    NewFiles newFiles() {
        return newFiles;
    }

    /** The attributes of this moment, with what is in the caches of nodes. */
    FileAttributes attributes(NodePath path, boolean follow) throws IOException {
        return finder.at(
                path,
                follow,
                found -> found.is(FileType.REGULAR)
                        ? finder.attributes(found.file().inode())
                        : found.file());
    }

    void change(NodePath path, boolean follow, AttributeChange change) throws IOException {
        finder.at(
                path,
                follow,
                found -> Finder.fresh(() -> finder.volume().change(found.file().inode(), change)));
    }

    List<ExtendedAttribute> extendedAttributes(NodePath path, boolean follow) throws IOException {
        return finder.at(
                path,
                follow,
                found -> finder.ask(
                        files -> files.extendedAttributes(found.file().inode())));
    }

    /** @param value null: it is removed */
    void setExtendedAttribute(NodePath path, boolean follow, FileName name, byte[] value) throws IOException {
        finder.at(
                path,
                follow,
                found -> finder.mutate(files -> {
                    long inode = found.file().inode();
                    boolean there = files.extendedAttributes(inode).stream()
                            .anyMatch(attribute -> attribute.name().equals(name));
                    if (value == null && !there) {
                        throw new FileSystemException(path.toString(), null, "there is no attribute " + name);
                    }
                    files.setExtendedAttribute(inode, name, value);
                    return null;
                }));
    }

    FileName symlinkTarget(NodePath path) throws IOException {
        return finder.at(path, false, found -> {
            if (!found.is(FileType.SYMLINK)) {
                throw new NotLinkException(path.toString());
            }
            return finder.ask(files -> files.symlinkTarget(found.file().inode()));
        });
    }

    /** The directory that is to be listed. */
    long directory(NodePath path) throws IOException {
        return finder.again(path, null, () -> {
            Place place = finder.place(path, true);
            if (place instanceof Place.Found found && found.is(FileType.DIRECTORY)) {
                return found.file().inode();
            }
            boolean file = place instanceof Place.Found || (place instanceof Place.Nowhere way && way.file() != null);
            throw file ? new NotDirectoryException(path.toString()) : Finder.nothing(place, path);
        });
    }

    /** Entries of a directory; none any more if it was removed. */
    SharedFileSystem.Listing list(long directory, long from) throws IOException {
        try {
            return finder.volume().ask(files -> files.list(directory, from));
        } catch (NoSuchFileException e) {
            return new SharedFileSystem.Listing(List.of(), -1);
        }
    }

    /** @param file what to make, by the attributes of the directory that gets it */
    void create(NodePath path, Function<FileAttributes, NewFile> file) throws IOException {
        finder.again(path, null, () -> {
            Place.Missing missing = missing(path);
            long directory = missing.directory().inode();
            return finder.mutate(files -> files.create(directory, missing.name(), file.apply(missing.directory())));
        });
    }

    void link(NodePath link, NodePath existing) throws IOException {
        finder.again(existing, link, () -> {
            Place.Found file = finder.found(existing, false);
            Place.Missing missing = missing(link);
            if (file.is(FileType.DIRECTORY)) {
                throw new FileSystemException(
                        link.toString(), existing.toString(), "Operation not permitted: a directory has one name");
            }
            return finder.mutate(files -> {
                files.link(file.file().inode(), missing.directory().inode(), missing.name());
                return null;
            });
        });
    }

    private Place.Missing missing(NodePath path) throws IOException {
        Place place = finder.place(path, false);
        if (place instanceof Place.Missing missing) {
            return missing;
        }
        if (place instanceof Place.Found) {
            throw new FileAlreadyExistsException(path.toString());
        }
        throw Finder.nothing(place, path);
    }

    /** Takes a name away, or an empty directory. */
    void delete(NodePath path) throws IOException {
        finder.at(path, false, found -> {
            if (found.name() == null) {
                throw nameless(path);
            }
            return finder.mutate(files -> {
                if (found.is(FileType.DIRECTORY)) {
                    files.removeDirectory(found.directory(), found.name());
                } else {
                    files.unlink(found.directory(), found.name());
                }
                return null;
            });
        });
    }

    /** Why the name of a path cannot be taken away that ends with the root or dots. */
    private static FileSystemException nameless(NodePath path) {
        FileName last =
                path.names().isEmpty() ? null : path.names().get(path.names().size() - 1);
        if (PathNames.DOT_DOT.equals(last)) {
            return new DirectoryNotEmptyException(path.toString());
        }
        return new FileSystemException(
                path.toString(),
                null,
                (last == null ? "the root" : "a path that ends so") + " has no name to take away");
    }

    /**
     * Moves a name within the file system.
     *
     * @param replace whether what the target is now may be replaced, in the same step
     */
    void rename(NodePath source, NodePath target, boolean replace) throws IOException {
        finder.again(source, target, () -> {
            Place from = finder.place(source, false);
            Place to = finder.place(target, false);
            // As Linux does it: both directories have to be there before the file is looked for.
            if (from instanceof Place.Missing && to instanceof Place.Nowhere nowhere) {
                throw nowhere.failure(target);
            }
            if (!(from instanceof Place.Found file)) {
                throw Finder.nothing(from, source);
            }
            return rename(file, source, name(to, target), target, replace);
        });
    }

    private Object rename(Place.Found file, NodePath source, Name name, NodePath target, boolean replace)
            throws IOException {
        if (file.name() == null || name.name() == null) {
            throw nameless(file.name() == null ? source : target);
        }
        return finder.mutate(files -> {
            files.rename(file.directory(), file.name(), name.directory(), name.name(), replace);
            return null;
        });
    }

    /** A name in a directory, whether there is a file of it or not; null where {@link Place.Found#name} is. */
    private record Name(long directory, FileName name) {}

    private static Name name(Place place, NodePath path) throws IOException {
        if (place instanceof Place.Missing missing) {
            return new Name(missing.directory().inode(), missing.name());
        }
        if (place instanceof Place.Found found) {
            return new Name(found.directory(), found.name());
        }
        throw Finder.nothing(place, path);
    }

    /** The path without dots, and if symlinks are to be followed, without those. */
    NodePath realPath(NodePath path, boolean follow) throws IOException {
        NodeFileSystem fileSystem = path.getFileSystem();
        if (follow) {
            return finder.at(path, true, found -> new NodePath(fileSystem, true, found.trail()));
        }
        List<FileName> names = new ArrayList<>();
        for (FileName name : path.toAbsolutePath().names()) {
            int last = names.size() - 1;
            if (!name.equals(PathNames.DOT_DOT) || (last >= 0 && isSymlink(fileSystem, names))) {
                names.add(name);
            } else if (last >= 0) {
                names.remove(last);
            }
            names.removeIf(PathNames.DOT::equals);
        }
        NodePath real = new NodePath(fileSystem, true, List.copyOf(names));
        finder.at(real, false, found -> found);
        return real;
    }

    private boolean isSymlink(NodeFileSystem fileSystem, List<FileName> names) throws IOException {
        NodePath path = new NodePath(fileSystem, true, List.copyOf(names));
        return finder.at(path, false, found -> found.is(FileType.SYMLINK));
    }
}
