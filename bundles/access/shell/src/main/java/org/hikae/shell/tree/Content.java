package org.hikae.shell.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hikae.io.FileDevice;

/** The content of a regular file that is read. Where the machine tells where its holes are, they need not be. */
final class Content implements Closeable {

    /** Holes of smaller files are read as fast as they are asked for. */
    private static final long LARGE = 4 << 20;

    private static final int BLOCK = 4096;

    private final FileChannel channel;
    /** Null where holes cannot be told, or are not worth it. */
    private final FileDevice holes;

    private Content(FileChannel channel, FileDevice holes) {
        this.channel = channel;
        this.holes = holes;
    }

    static Content open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            boolean tells = file.getFileSystem().equals(FileSystems.getDefault()) && channel.size() > LARGE;
            return new Content(channel, tells ? FileDevice.open(file, BLOCK, FileDevice.Mode.READ) : null);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads into the buffer; -1 at the end. */
    int read(ByteBuffer into, long offset) throws IOException {
        return channel.read(into, offset);
    }

    /** Bytes. */
    long size() throws IOException {
        return channel.size();
    }

    /** The first byte from {@code offset} on that is not in a hole, as far as that can be told; maybe the end. */
    long nextData(long offset) throws IOException {
        return holes == null || offset >= holes.size() ? offset : holes.nextData(offset);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (holes != null) {
                holes.close();
            }
        }
    }
}
