package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.io.BufferedIo;
import org.hikae.io.PrivateFiles;

/** Writes the content of regular files, piece by piece. Holes, and what is only reserved, become holes. */
final class ContentWriter {

    private static final int PIECE = 1 << 20;
    /** No inode holds more content in itself. */
    private static final int INLINE = 1 << 16;

    private final FileSystem source;
    private final int blockSize;
    private final boolean forced;
    private final Progress progress;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private long written;

    /** @param forced whether to make each file durable by itself */
    ContentWriter(FileSystem source, boolean forced, Progress progress) throws IOException {
        this.source = source;
        this.blockSize = source.info().blockSize();
        this.forced = forced;
        this.progress = progress;
    }

    /** Bytes of content written so far, holes not counted. */
    long written() {
        return written;
    }

    /** Creates a file that only its owner can read, with the content of this one. */
    void write(Path place, FileEntry file) throws IOException {
        long before = written;
        try (FileChannel channel = PrivateFiles.create(place)) {
            if (!copyExtents(channel, file) && file.attributes().size() <= INLINE) {
                copyInline(channel, file);
            }
            extend(channel, file);
            if (forced) {
                channel.force(true);
            }
        }
        progress.advance(file.attributes().size() - (written - before));
    }

    /** Content without blocks lies in the inode, or there is none but zeros. */
    private void copyInline(FileChannel channel, FileEntry file) throws IOException {
        piece.clear().limit((int) file.attributes().size());
        read(file, 0);
        byte[] bytes = new byte[piece.flip().limit()];
        piece.get(bytes);
        if (!Arrays.equals(bytes, new byte[bytes.length])) {
            put(channel, file, 0);
            written += bytes.length;
            progress.advance(bytes.length);
        }
    }

    /** @return whether there was any */
    private boolean copyExtents(FileChannel channel, FileEntry file) throws IOException {
        long inode = file.attributes().inode();
        long next = 0;
        List<FileExtent> extents = source.extents(inode, 0);
        boolean any = !extents.isEmpty();
        while (!extents.isEmpty()) {
            for (FileExtent extent : extents) {
                if (extent.end() <= next) {
                    throw new FileSystemRefusedException("extents of inode " + inode, -1, "they do not ascend");
                } else if (!extent.unwritten()) {
                    copy(channel, file, start(file, Math.max(next, extent.logical())), start(file, extent.end()));
                }
                next = extent.end();
            }
            extents = source.extents(inode, next);
        }
        return any;
    }

    /** Where a block of the file begins; its end if that is before. */
    private long start(FileEntry file, long block) {
        long size = file.attributes().size();
        return block > size / blockSize ? size : block * blockSize;
    }

    private void copy(FileChannel channel, FileEntry file, long from, long end) throws IOException {
        for (long done = from; done < end; done += piece.limit()) {
            progress.pass();
            piece.clear().limit((int) Math.min(PIECE, end - done));
            read(file, done);
            put(channel, file, done);
            written += piece.limit();
            progress.advance(piece.limit());
        }
    }

    private void read(FileEntry file, long offset) throws IOException {
        try {
            source.read(file.attributes().inode(), piece, offset);
        } catch (IOException e) {
            throw new IOException(file.path() + " cannot be read at " + offset + ": " + Reason.of(e), e);
        }
    }

    private void put(FileChannel channel, FileEntry file, long offset) throws IOException {
        try {
            BufferedIo.write(channel, piece.flip(), offset);
        } catch (IOException e) {
            throw new IOException(file.path() + " cannot be written at " + offset + ": " + Reason.of(e), e);
        }
    }

    /** A file that ends with a hole becomes longer and then shorter: a channel cannot make it longer without data. */
    private static void extend(FileChannel channel, FileEntry file) throws IOException {
        FileAttributes attributes = file.attributes();
        if (channel.size() >= attributes.size()) {
            return;
        }
        try {
            BufferedIo.write(channel, ByteBuffer.allocate(1), attributes.size());
            channel.truncate(attributes.size());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    file.path() + " cannot have its " + attributes.size() + " bytes here: " + Reason.of(e), e);
        }
    }
}
