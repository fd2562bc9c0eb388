package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes files, and folders with all that is in them. What cannot be removed is told, and stays. */
public final class TreeRemoval {

    private final CopyListener listener;

    public TreeRemoval(CopyListener listener) {
        this.listener = listener;
    }

    private record Folder(Path path, FileFacts facts) {}

    /** Removes a file, or a folder with all that is in it; a symlink is removed as such. */
    public void remove(Path start) {
        try (Folders<Folder> open = new Folders<>()) {
            visit(start, open);
            while (!open.isEmpty()) {
                Folder folder = open.innermost();
                Path file = next(open, folder);
                if (file == null) {
                    open.leave();
                    delete(folder.path, folder.facts);
                } else {
                    visit(file, open);
                }
            }
        } catch (IOException e) {
            listener.failed(start, Failures.why(e));
        }
    }

    private Path next(Folders<Folder> open, Folder folder) {
        try {
            return open.next();
        } catch (IOException e) {
            listener.failed(folder.path, "not all of it can be listed: " + Failures.why(e));
            return null;
        }
    }

    private void visit(Path file, Folders<Folder> open) {
        listener.check();
        try {
            FileFacts facts = FileFacts.of(file);
            if (facts.isDirectory()) {
                open.enter(file, new Folder(file, facts));
            } else {
                delete(file, facts);
            }
        } catch (IOException e) {
            listener.failed(file, Failures.why(e));
        }
    }

    private void delete(Path file, FileFacts facts) {
        try {
            Files.delete(file);
            listener.done(facts);
        } catch (IOException e) {
            listener.failed(file, Failures.why(e));
        }
    }
}
