package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.io.ExactFiles;

/**
 * Copies files and trees between any two file systems of Java that have the attributes {@code unix:*}, as {@code cp -a} or
 * {@code cp -r} do. A file that cannot be copied is told, and the others are copied all the same. Used by one thread.
 *
 * <p>What is in the target's place: a regular file is overwritten by a regular file, a folder takes in what is in a folder,
 * and anything else that is no folder is replaced. Nothing is written through a symlink that is in the target.
 */
public final class TreeCopy {

    private final CopyListener listener;
    private final FileCopy files;
    private final AttributeCopy attributes;

    /** @param guard is asked before a file that exists is overwritten or removed */
    public TreeCopy(Kept kept, Guard guard, CopyListener listener) {
        this.listener = listener;
        this.attributes = new AttributeCopy(kept, listener);
        this.files = new FileCopy(kept, guard, attributes, listener);
    }

    /** The path that a file would have in a folder, of whatever file system. */
    public static Path placeIn(Path folder, Path file) throws IOException {
        return ExactFiles.of(folder).child(folder, ExactFiles.of(file).name(file));
    }

    /** What is said against a file, without its path. */
    public static String why(IOException failure) {
        return Failures.why(failure);
    }

    /** Keeps files from being overwritten. */
    @FunctionalInterface
    public interface Guard {

        Guard NONE = file -> {};

        /** @throws IOException if this file must stay as it is, with why */
        void check(Path file) throws IOException;
    }

    private record Folder(Path source, FileFacts facts, Path target) {}

    /**
     * Copies a file, or a folder with all that is in it; a symlink is copied as such.
     *
     * @param target the path of the copy; what it may be in must be there
     */
    public void copy(Path source, Path target) {
        copy(source, target, new Way(ExactFiles.of(source), ExactFiles.of(target)));
    }

    void copy(Path source, Path target, Way way) {
        try (Folders<Folder> open = new Folders<>()) {
            checkApart(source, target);
            visit(source, target, way, open);
            while (!open.isEmpty()) {
                Folder folder = open.innermost();
                Path file = next(open, folder);
                if (file == null) {
                    open.leave();
                    attributes.copy(folder.source, folder.facts, folder.target, way.to());
                    listener.done(folder.facts);
                } else {
                    visitChild(file, folder, way, open);
                }
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            listener.failed(source, Failures.why(e));
        }
    }

    private Path next(Folders<Folder> open, Folder folder) {
        try {
            return open.next();
        } catch (IOException e) {
            listener.failed(folder.source, "not all of it can be listed: " + Failures.why(e));
            return null;
        }
    }

    private void visitChild(Path file, Folder folder, Way way, Folders<Folder> open) {
        try {
            visit(file, way.to().child(folder.target, way.from().name(file)), way, open);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            listener.failed(file, Failures.why(e));
        }
    }

    private void visit(Path source, Path target, Way way, Folders<Folder> open) throws IOException {
        listener.check();
        FileFacts facts = FileFacts.of(source);
        if (facts.isDirectory()) {
            files.makeFolder(target);
            open.enter(source, new Folder(source, facts, target));
        } else {
            files.copy(source, facts, target, way);
            listener.done(facts);
        }
    }

    /** A folder that is copied into itself would never end. */
    private static void checkApart(Path source, Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        boolean within = source.getFileSystem().equals(target.getFileSystem())
                && parent != null
                && FileFacts.of(source).isDirectory()
                && parent.toRealPath().startsWith(source.toRealPath());
        if (within) {
            throw new IOException("a folder cannot be copied into itself");
        }
    }
}
