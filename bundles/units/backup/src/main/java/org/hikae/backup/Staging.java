package org.hikae.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A hidden folder at the root of a disk, where files are made before they take their places: one for all, so that what a crash
 * leaves lies in one place, and the next restore to whichever part of the disk removes it.
 */
final class Staging implements Closeable {

    private final String name;
    private final Path folder;
    private long made;

    Staging(Path root) throws IOException {
        this.name = StagingNames.take();
        this.folder = root.resolve(name);
        try {
            deleteLeft(root);
            FileMaker.makeFolder(folder);
        } catch (IOException | RuntimeException e) {
            StagingNames.giveBack(name);
            throw e;
        }
    }

    private void deleteLeft(Path root) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                root, file -> StagingNames.isLeft(file.getFileName().toString()))) {
            for (Path file : files) {
                TreeDeletion.delete(file);
            }
        }
    }

    /** A place where nothing is. */
    Path next() {
        return folder.resolve(Long.toString(made++));
    }

    /** Deletes it with what is in it. Idempotent. */
    @Override
    public void close() throws IOException {
        try {
            TreeDeletion.delete(folder);
        } finally {
            StagingNames.giveBack(name);
        }
    }
}
