package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.io.ExactPaths;

/**
 * The folders that a walk through a generation is in, and where they are in the target. The generation may have been made to do
 * harm: a name leads to a file in the innermost folder, or is refused.
 */
final class OpenFolders {

    private final Deque<Folder> open = new ArrayDeque<>();
    private final FileMaker maker;
    private final End end;

    /** @param end is called for each folder when no more comes into it, the inner ones first */
    OpenFolders(FileMaker maker, End end) {
        this.maker = maker;
        this.end = end;
    }

    /** Does what is to be done with a folder when it is full. */
    @FunctionalInterface
    interface End {
        void of(Folder folder) throws IOException;
    }

    /**
     * A folder that more may come into.
     *
     * @param wanted whether it is to get its attributes, and not only on the way to something
     */
    record Folder(Path place, FileEntry file, boolean wanted) {

        private boolean isAbove(FileEntry other) {
            return other.path().startsWith(prefix());
        }

        private String prefix() {
            return file.path().endsWith("/") ? file.path() : file.path() + "/";
        }
    }

    void enter(Folder folder) {
        open.push(folder);
    }

    /** Ends the folders that this file is not in. */
    void leaveFor(FileEntry file) throws IOException {
        while (!open.isEmpty() && !open.peek().isAbove(file)) {
            end.of(open.pop());
        }
    }

    void leaveAll() throws IOException {
        while (!open.isEmpty()) {
            end.of(open.pop());
        }
    }

    /** The place of a file in the innermost folder. */
    Path place(FileEntry file) throws IOException {
        Folder folder = open.peek();
        byte[] name = folder == null
                ? new byte[0]
                : FileName.parse(file.path().substring(folder.prefix().length()))
                        .bytes();
        if (folder == null || !ExactPaths.isName(name)) {
            throw new FileSystemRefusedException("directory", -1, "a file in it cannot have the name " + file.path());
        }
        return maker.child(folder.place, name);
    }
}
