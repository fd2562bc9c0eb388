package org.hikae.files.client.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.hikae.api.fs.FileName;
import org.hikae.files.client.select.PathOrder;
import org.hikae.io.ExactPaths;
import org.hikae.io.HeldFolder;

/**
 * The tree that files are given back into. Nothing is put outside it, whatever paths say and whatever symlinks are in it: no symlink within
 * it is ever followed, not even one that comes into the place of a folder meanwhile: folders may belong to somebody who may do less than who
 * gives files back. Not thread-safe.
 */
final class Target implements Closeable {

    private final FileName asked;
    private final boolean inPlace;
    private final Path root;

    /** Folders of the tree that were looked at: they are, and have no symlink above them in the tree. */
    private final Set<Path> folders = new HashSet<>();

    private final Set<Path> made = new HashSet<>();

    /** The folder that is held, and which one it is; null: none. */
    private HeldFolder held;

    private Path holding;

    /** @param to folder in which the tree is put, under its own name; null: where it was */
    Target(FileName asked, Path to) {
        this.asked = asked;
        inPlace = to == null;
        byte[] bytes = asked.bytes();
        int slash = lastSlash(bytes);
        if (to == null) {
            root = ExactPaths.of(bytes);
        } else if (bytes.length == 1) {
            root = to.toAbsolutePath();
        } else {
            root = ExactPaths.child(to.toAbsolutePath(), Arrays.copyOfRange(bytes, slash + 1, bytes.length));
        }
    }

    /** Whether files go where they were. */
    boolean isInPlace() {
        return inPlace;
    }

    private static int lastSlash(byte[] bytes) {
        int at = bytes.length - 1;
        while (bytes[at] != '/') {
            at--;
        }
        return at;
    }

    /** @throws IOException if it would be outside the tree */
    Path place(FileName path) throws IOException {
        byte[] bytes = path.bytes();
        byte[] base = asked.bytes();
        if (!PathOrder.isWithin(bytes, base)) {
            throw new IOException(path + " is not in " + asked);
        }
        Path place = root;
        int from = base.length == 1 ? 1 : base.length + 1;
        for (int at = from; from <= bytes.length && at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '/') {
                byte[] name = Arrays.copyOfRange(bytes, from, at);
                if (name.length == 0 && bytes.length == 1) {
                    return place;
                } else if (name.length == 0 || !ExactPaths.isName(name)) {
                    throw new IOException(path + " has a name that no file can have");
                }
                place = ExactPaths.child(place, name);
                from = at + 1;
            }
        }
        return place;
    }

    /**
     * The path by which to work on what is in a place whose folder is there. It leads nowhere else, and is good until the next call.
     *
     * @throws IOException if a folder of the tree that leads there is none, or a symlink
     */
    Path reached(Path place) throws IOException {
        Path folder = place.getParent();
        if (folder == null) {
            return place;
        } else if (!folder.equals(holding)) {
            close();
            held = hold(folder);
            holding = folder;
        }
        return held.resolve(place.getFileName());
    }

    /** From the folder that the tree is in, name by name. */
    private HeldFolder hold(Path folder) throws IOException {
        Path top = root.getParent() == null ? root : root.getParent();
        HeldFolder at = HeldFolder.open(top);
        Path path = top;
        for (int i = top.getNameCount(); i < folder.getNameCount(); i++) {
            path = path.resolve(folder.getName(i));
            try (HeldFolder above = at) {
                at = above.child(folder.getName(i));
            } catch (NotDirectoryException e) {
                throw inTheWay(path);
            }
        }
        return at;
    }

    private static IOException inTheWay(Path place) {
        return new IOException(place + " is in the way: it is no folder");
    }

    /** Makes the folders that a place needs, unless they are there. @throws IOException if something else is in the place of one */
    void prepare(Path place) throws IOException {
        Path parent = place.getParent();
        if (parent == null || folders.contains(parent)) {
            return;
        } else if (place.equals(root)) {
            Files.createDirectories(parent);
            return;
        }
        prepare(parent);
        folder(parent);
    }

    /** Makes a folder, for its owner alone, unless there is one. @return whether it was made */
    boolean folder(Path place) throws IOException {
        Path here = reached(place);
        try {
            BasicFileAttributes there =
                    Files.readAttributes(here, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!there.isDirectory()) {
                throw inTheWay(place);
            }
        } catch (NoSuchFileException e) {
            Files.createDirectory(
                    here, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            made.add(place);
        }
        folders.add(place);
        return made.contains(place);
    }

    /** The folders that were made here. */
    Set<Path> made() {
        return made;
    }

    /** A folder that exists, whose file system is written to. */
    Path existing() {
        Path at = root;
        while (at.getParent() != null && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
            at = at.getParent();
        }
        return at;
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
        }
        held = null;
        holding = null;
    }
}
