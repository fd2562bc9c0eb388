package org.hikae.node;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.SharedFileSystem;

/** Looks for paths of files by their numbers, folder by folder from the root on, while others go on. For one thread, once. */
final class PathSearch {

    private final SharedFileSystem files;
    private final Set<Long> wanted;
    private final Map<Long, String> found = new HashMap<>();
    private final Deque<Folder> folders = new ArrayDeque<>();
    /** How many names may still be looked at. */
    private int left;

    private record Folder(long inode, String path) {}

    PathSearch(SharedFileSystem files, Set<Long> inodes, int most) {
        this.files = files;
        this.wanted = new HashSet<>(inodes);
        this.left = most;
    }

    Map<Long, String> run() throws IOException {
        folders.add(new Folder(files.root(), "/"));
        while (!folders.isEmpty() && goesOn()) {
            try {
                look(folders.remove());
            } catch (NoSuchFileException | NotDirectoryException e) {
                // It was removed meanwhile, so it has no path.
            }
        }
        return found;
    }

    private boolean goesOn() {
        return !wanted.isEmpty() && left > 0;
    }

    private void look(Folder folder) throws IOException {
        for (long next = 0; next >= 0 && goesOn(); ) {
            SharedFileSystem.Listing part = files.list(folder.inode(), next);
            for (DirectoryEntry entry : part.entries()) {
                meet(entry, folder.path() + entry.name());
            }
            next = part.next();
        }
    }

    private void meet(DirectoryEntry entry, String path) throws IOException {
        left--;
        if (wanted.remove(entry.inode())) {
            found.put(entry.inode(), path);
        } else if (isFolder(entry.inode())) {
            folders.add(new Folder(entry.inode(), path + "/"));
        }
    }

    private boolean isFolder(long inode) throws IOException {
        try {
            return files.attributes(inode).type() == FileType.DIRECTORY;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
