package org.hikae.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes of folders that are still there after the power has failed. */
public final class DurableFiles {

    private static final boolean FOLDERS_OPEN =
            !System.getProperty("os.name", "").startsWith("Windows");

    private DurableFiles() {}

    /** Makes the names in a folder durable: files created, renamed and deleted in it before this call. */
    public static void forceFolder(Path folder) throws IOException {
        if (!FOLDERS_OPEN) {
            return; // folders cannot be opened there, and renames are journaled
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates the folders that are missing, durably. */
    public static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            forceFolder(parent);
        }
    }

    /**
     * Gives a small file a new content, durably and as one step: after a crash it holds the old or the new one. One
     * caller at a time for each file. Meanwhile there is a file {@code .NAME.next} beside it, so that names which begin
     * with a dot are not for other files.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            BufferedIo.write(channel, ByteBuffer.wrap(content), 0);
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(file.toAbsolutePath().getParent());
    }
}
