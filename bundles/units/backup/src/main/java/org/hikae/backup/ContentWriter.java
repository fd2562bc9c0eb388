package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.io.BufferedIo;
import org.hikae.io.PrivateFiles;

/** Writes the content of regular files, piece by piece. Holes, and what is only reserved, become holes. */
final class ContentWriter {

    /** Bytes; a multiple of every file system's. */
    private static final long LARGEST_BLOCK = 1 << 16;

    private final ContentReader content;
    private final boolean forced;

    /** @param forced whether to make each file durable by itself */
    ContentWriter(FileSystem source, boolean forced, Progress progress) throws IOException {
        this.content = new ContentReader(source, progress);
        this.forced = forced;
    }

    /**
     * Creates a file that only its owner can read, with the content of this one.
     *
     * @return how many bytes were written, holes not counted
     */
    long write(Path place, FileEntry file) throws IOException {
        try (FileChannel channel = PrivateFiles.create(place)) {
            long written = content.read(file, (bytes, offset) -> put(channel, file, bytes, offset));
            extend(channel, file);
            if (forced) {
                channel.force(true);
            }
            return written;
        }
    }

    private static void put(FileChannel channel, FileEntry file, ByteBuffer bytes, long offset) throws IOException {
        try {
            BufferedIo.write(channel, bytes, offset);
        } catch (IOException e) {
            throw new IOException(file.path() + " cannot be written at " + offset + ": " + Reason.of(e), e);
        }
    }

    /**
     * A file that ends with a hole becomes longer, by a block of its own, and then shorter: a channel cannot make it longer
     * without data.
     */
    private static void extend(FileChannel channel, FileEntry file) throws IOException {
        FileAttributes attributes = file.attributes();
        if (channel.size() >= attributes.size()) {
            return;
        }
        try {
            long block = (attributes.size() + LARGEST_BLOCK - 1) / LARGEST_BLOCK * LARGEST_BLOCK;
            BufferedIo.write(channel, ByteBuffer.allocate(1), Math.max(block, attributes.size()));
            channel.truncate(attributes.size());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    file.path() + " cannot have its " + attributes.size() + " bytes here: " + Reason.of(e), e);
        }
    }
}
