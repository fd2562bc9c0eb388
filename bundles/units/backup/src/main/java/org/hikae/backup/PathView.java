package org.hikae.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;

/** A file system of which a walk shows a file, what is in it, and the directories that it is in: who wants little reads little. */
final class PathView extends FileSystemView {

    private static final String ROOT = "/";

    private final FileSystem all;
    private final FileEntry start;

    PathView(FileSystem all, FileEntry start) {
        super(all);
        this.all = all;
        this.start = start;
    }

    /** Whether a file is this one, or in it. */
    static boolean isWithin(FileEntry file, FileEntry start) {
        String path = start.path();
        return path.equals(ROOT) || file.path().equals(path) || file.path().startsWith(path + "/");
    }

    /** The directories that a file is in, the root first. */
    static List<FileEntry> above(FileSystem source, FileEntry file) throws IOException {
        List<FileEntry> above = new ArrayList<>();
        String path = file.path();
        for (int slash = 0; slash >= 0 && !path.equals(ROOT); slash = path.indexOf('/', slash + 1)) {
            String directory = slash == 0 ? ROOT : path.substring(0, slash);
            above.add(source.find(directory)
                    .orElseThrow(() -> new FileSystemRefusedException(
                            "directory " + directory, -1, "it is gone, though " + path + " is in it")));
        }
        return above;
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        if (isWithin(from, start)) {
            all.walk(from, visitor);
            return;
        }
        for (FileEntry directory : above(all, start)) {
            if (isWithin(directory, from) && !(visitor.visit(directory) && visitor.enters(directory))) {
                return;
            }
        }
        if (isWithin(start, from)) {
            all.walk(start, visitor);
        }
    }
}
