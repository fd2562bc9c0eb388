package org.hikae.media.index;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where that part of an unsealed generation's index is kept that memory has no room for: files of the home that are gone
 * when they are closed, and when the process ends. Thread-safe.
 */
public final class ScratchFolder {

    private static final String SUFFIX = ".scratch";

    private final Path folder;
    private final AtomicLong files = new AtomicLong();

    public ScratchFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Deletes what an earlier process has left behind. That happens only where files cannot be deleted while they are
     * open, as they are here otherwise.
     */
    public void clear() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    FileChannel create() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(System.nanoTime() + "-" + files.getAndIncrement() + SUFFIX);
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Says where a file is that cannot be written. */
    IOException failed(IOException cause) {
        return new IOException(
                "the index of a generation in the making cannot be kept in " + folder + ": " + cause.getMessage(),
                cause);
    }
}
