package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;

/** Reads the content of regular files, piece by piece, without holes and what is only reserved. */
final class ContentReader {

    private static final int PIECE = 1 << 20;
    /** No inode holds more content in itself. */
    private static final int INLINE = 1 << 16;

    private final FileSystem source;
    private final int blockSize;
    private final Progress progress;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

    /** What takes the content. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes a piece; those of a file come in ascending order.
         *
         * @param bytes from its position to its limit; only to be read, and only until this returns
         * @param offset where it lies in the file
         */
        void take(ByteBuffer bytes, long offset) throws IOException;
    }

    ContentReader(FileSystem source, Progress progress) throws IOException {
        this.source = source;
        this.blockSize = source.info().blockSize();
        this.progress = progress;
    }

    /**
     * Reads a file. Progress advances by its whole size.
     *
     * @return how many bytes the sink was given
     */
    long read(FileEntry file, Sink sink) throws IOException {
        Reading reading = new Reading(file, sink);
        if (!reading.extents() && file.attributes().size() <= INLINE) {
            reading.inline();
        }
        progress.advance(file.attributes().size() - reading.given);
        return reading.given;
    }

    /** The reading of a file. */
    private final class Reading {

        private final FileEntry file;
        private final Sink sink;
        private final long size;
        private long given;

        Reading(FileEntry file, Sink sink) {
            this.file = file;
            this.sink = sink;
            this.size = file.attributes().size();
        }

        /** Content without blocks lies in the inode, or there is none but zeros. */
        private void inline() throws IOException {
            fill(0, (int) size);
            byte[] bytes = new byte[piece.remaining()];
            piece.duplicate().get(bytes);
            if (!Arrays.equals(bytes, new byte[bytes.length])) {
                give(0);
            }
        }

        /** @return whether there were any */
        private boolean extents() throws IOException {
            long inode = file.attributes().inode();
            long next = 0;
            List<FileExtent> extents = source.extents(inode, 0);
            boolean any = !extents.isEmpty();
            while (!extents.isEmpty()) {
                for (FileExtent extent : extents) {
                    if (extent.end() <= next) {
                        throw new FileSystemRefusedException("extents of inode " + inode, -1, "they do not ascend");
                    } else if (!extent.unwritten()) {
                        range(start(Math.max(next, extent.logical())), start(extent.end()));
                    }
                    next = extent.end();
                }
                extents = source.extents(inode, next);
            }
            return any;
        }

        /** Where a block of the file begins; its end if that is before. */
        private long start(long block) {
            return block > size / blockSize ? size : block * blockSize;
        }

        private void range(long from, long end) throws IOException {
            for (long at = from; at < end; at += PIECE) {
                progress.pass();
                fill(at, (int) Math.min(PIECE, end - at));
                give(at);
            }
        }

        private void fill(long offset, int length) throws IOException {
            piece.clear().limit(length);
            try {
                source.read(file.attributes().inode(), piece, offset);
            } catch (IOException e) {
                throw new IOException(file.path() + " cannot be read at " + offset + ": " + Reason.of(e), e);
            }
            piece.flip();
        }

        private void give(long offset) throws IOException {
            int length = piece.remaining();
            sink.take(piece, offset);
            given += length;
            progress.advance(length);
        }
    }
}
