package org.hikae.files.client.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.hikae.api.fs.FileName;
import org.hikae.files.client.select.PathOrder;
import org.hikae.io.ExactPaths;

/**
 * The tree that files are given back into. Nothing is put outside it, whatever paths say and whatever symlinks are in it: no symlink within
 * it is ever followed. Not thread-safe.
 */
final class Target {

    private final FileName asked;
    private final boolean inPlace;
    private final Path root;

    /** Folders of the tree that were looked at: they are, and have no symlink above them in the tree. */
    private final Set<Path> folders = new HashSet<>();

    private final Set<Path> made = new HashSet<>();

    /** @param to folder in which the tree is put, under its own name; null: where it was */
    Target(FileName asked, Path to) {
        this.asked = asked;
        inPlace = to == null;
        byte[] bytes = asked.bytes();
        int slash = lastSlash(bytes);
        if (to == null) {
            root = ExactPaths.of(bytes);
        } else if (bytes.length == 1) {
            root = to;
        } else {
            root = ExactPaths.child(to, Arrays.copyOfRange(bytes, slash + 1, bytes.length));
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
        try {
            BasicFileAttributes there =
                    Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!there.isDirectory()) {
                throw new IOException(place + " is in the way: it is no folder");
            }
        } catch (NoSuchFileException e) {
            Files.createDirectory(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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
}
