package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Copies the content of regular files, piece by piece. What is zeros by whole blocks becomes holes. */
final class ContentCopy {

    private static final int PIECE = 1 << 20;
    /** The unit of holes, at multiples of it. */
    private static final int BLOCK = 4096;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    private final CopyListener listener;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

    ContentCopy(CopyListener listener) {
        this.listener = listener;
    }

    /** @param target empty, and open for writing */
    void copy(Path source, FileChannel target) throws IOException {
        long done = 0;
        try (Content content = Content.open(source)) {
            while (true) {
                listener.check();
                done = content.nextData(done);
                int read = fill(content, done);
                if (read == 0) {
                    break;
                }
                write(target, read, done);
                done += read;
            }
            lengthen(target, Math.max(done, content.size()));
        }
    }

    /** Reads as much as the piece takes, up to a multiple of the block; less only at the end. */
    private int fill(Content content, long offset) throws IOException {
        piece.clear().limit(PIECE - (int) (offset % BLOCK));
        while (piece.hasRemaining()) {
            if (content.read(piece, offset + piece.position()) < 0) {
                break;
            }
        }
        return piece.position();
    }

    /** Writes the blocks that are not zeros, in runs as long as they come. */
    private void write(FileChannel target, int length, long offset) throws IOException {
        int start = 0;
        int at = 0;
        while (at < length) {
            int end = (int) Math.min(length, at + BLOCK - (offset + at) % BLOCK);
            if (isZero(at, end)) {
                put(target, start, at, offset);
                start = end;
            }
            at = end;
        }
        put(target, start, length, offset);
    }

    private boolean isZero(int from, int end) {
        return piece.slice(from, end - from).mismatch(ZEROS.slice(0, end - from)) < 0;
    }

    private void put(FileChannel target, int from, int end, long offset) throws IOException {
        ByteBuffer run = piece.slice(from, end - from);
        while (run.hasRemaining()) {
            target.write(run, offset + from + run.position());
        }
        listener.written(end - from);
    }

    /** A file that ends with a hole becomes longer and then shorter: a channel cannot make it longer without data. */
    private static void lengthen(FileChannel target, long size) throws IOException {
        if (target.size() < size) {
            target.write(ByteBuffer.allocate(1), size);
            target.truncate(size);
        }
    }
}
