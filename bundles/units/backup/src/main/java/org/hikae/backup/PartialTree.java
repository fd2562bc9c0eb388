package org.hikae.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hikae.io.DurableFiles;
import org.hikae.io.UnixFiles;

/** A file or a tree that bears another name until it is whole. */
final class PartialTree implements Closeable {

    private final FolderTarget target;
    private final Path partial;

    PartialTree(FolderTarget target) throws IOException {
        this.target = target;
        PartialFiles partials = new PartialFiles(target.path());
        partials.deleteOfDead();
        this.partial = partials.name();
    }

    /** Where to make it. */
    Path path() {
        return partial;
    }

    /** Makes it durable and gives it its name. */
    void finish() throws IOException {
        Path folder = target.path().getParent();
        if (UnixFiles.canForceFileSystem()) {
            UnixFiles.forceFileSystem(folder);
        }
        if (Files.isDirectory(partial, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(partial, target.path());
        } else if (target.overwrite()) {
            Files.move(partial, target.path(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            PartialFiles.takeName(partial, target.path());
        }
        DurableFiles.forceFolder(folder);
    }

    @Override
    public void close() throws IOException {
        TreeDeletion.delete(partial);
    }
}
