package org.hikae.node.nio;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.api.shared.SharedFileSystem.Lookup;

/**
 * One way down from the root along the names of a path and of the symlinks on it. Asks the file system once for all names
 * up to the next symlink or dots.
 */
final class Walk {

    /** As Linux has it. */
    private static final int MOST_SYMLINKS = 40;

    private final SharedFileSystem files;
    private final NodePath path;
    private final boolean follow;
    private final Deque<FileName> rest;
    private final List<FileName> trail = new ArrayList<>();
    private long here;
    private int symlinks;

    /** @param follow whether a symlink at the end is followed */
    Walk(SharedFileSystem files, NodePath path, boolean follow) {
        this.files = files;
        this.path = path;
        this.follow = follow;
        this.rest = new ArrayDeque<>(path.toAbsolutePath().names());
        this.here = files.root();
    }

    /**
     * Goes to the end.
     *
     * @throws java.nio.file.NoSuchFileException if something was taken away while the walk passed it: another walk has to tell
     * @throws FileSystemException if there are too many symlinks, or a name is too long
     */
    Place go() throws IOException {
        while (true) {
            dots();
            if (rest.isEmpty()) {
                return new Place.Found(0, null, files.attributes(here), List.copyOf(trail));
            }
            Place place = step();
            if (place != null) {
                return place;
            }
        }
    }

    private void dots() throws IOException {
        while (!rest.isEmpty() && PathNames.isDots(rest.element())) {
            if (rest.remove().equals(PathNames.DOT_DOT)) {
                here = files.parent(here);
                trail.subList(Math.max(0, trail.size() - 1), trail.size()).clear();
            }
        }
    }

    /** Goes on by as many names as there are before the next dots; the place, if that is the end, else null. */
    private Place step() throws IOException {
        List<FileName> names = names();
        Lookup lookup = files.lookup(here, names);
        FileAttributes last = lookup.attributes();
        List<FileName> found = names.subList(0, lookup.found());
        trail.addAll(found);
        found.forEach(name -> rest.remove());
        if (rest.isEmpty() && !(last.type() == FileType.SYMLINK && follow)) {
            return new Place.Found(lookup.directory(), names.get(names.size() - 1), last, List.copyOf(trail));
        }
        if (last.type() == FileType.SYMLINK) {
            follow(last.inode(), lookup.directory());
            return null;
        }
        if (last.type() != FileType.DIRECTORY) {
            return new Place.Nowhere(PathNames.text(true, trail));
        }
        here = last.inode();
        return found.size() == names.size() ? null : missing(last);
    }

    private List<FileName> names() {
        List<FileName> names = new ArrayList<>();
        for (Iterator<FileName> each = rest.iterator(); each.hasNext(); ) {
            FileName name = each.next();
            if (PathNames.isDots(name)) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    private Place missing(FileAttributes directory) throws FileSystemException {
        FileName name = rest.remove();
        if (name.length() > SharedFileSystem.LONGEST_NAME) {
            throw failure("File name too long: it has " + name.length() + " bytes, and at most "
                    + SharedFileSystem.LONGEST_NAME + " are allowed");
        }
        return rest.isEmpty() ? new Place.Missing(directory, name) : new Place.Nowhere(null);
    }

    private void follow(long symlink, long directory) throws IOException {
        if (++symlinks > MOST_SYMLINKS) {
            throw failure("Too many levels of symbolic links: more than " + MOST_SYMLINKS);
        }
        FileName target = files.symlinkTarget(symlink);
        boolean fromRoot = target.length() > 0 && target.bytes()[0] == '/';
        List<FileName> names = PathNames.split(target);
        for (int i = names.size() - 1; i >= 0; i--) {
            rest.push(names.get(i));
        }
        if (fromRoot) {
            here = files.root();
            trail.clear();
        } else {
            here = directory;
            trail.remove(trail.size() - 1);
        }
    }

    private FileSystemException failure(String why) {
        return new FileSystemException(path.toString(), null, why);
    }
}
