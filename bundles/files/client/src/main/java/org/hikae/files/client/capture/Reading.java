package org.hikae.files.client.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.io.OpenedFile;

/** Reads the content of a file from its beginning to the size that it had, without its holes. Not thread-safe. */
final class Reading {

    static final int PIECE = 1 << 18;

    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);

    /** Takes a piece of content. */
    @FunctionalInterface
    interface Sink {

        /** @param bytes valid during the call; position and limit stay */
        void piece(long offset, ByteBuffer bytes) throws IOException;
    }

    /**
     * Reads all there is; less than the size if the file has become shorter.
     *
     * @return hash of what was read
     * @throws SourceException if it cannot be read
     * @throws IOException of the sink
     */
    byte[] read(OpenedFile file, long size, Sink sink) throws IOException {
        ContentHash hash = new ContentHash();
        long at = 0;
        while (at < size) {
            long from = at;
            long data = SourceException.of(() -> file.nextData(from));
            if (data >= size) {
                break;
            }
            long hole = Math.min(size, SourceException.of(() -> file.nextHole(data)));
            at = piece(file, data, Math.max(hole, data + 1), hash, sink);
            if (at < 0) {
                break;
            }
        }
        return hash.finish(size);
    }

    /** @return where the next begins; negative: the file ends */
    private long piece(OpenedFile file, long offset, long end, ContentHash hash, Sink sink) throws IOException {
        piece.clear().limit((int) Math.min(PIECE, end - offset));
        SourceException.of(() -> {
            int read = 0;
            while (piece.hasRemaining() && read >= 0) {
                read = file.channel().read(piece, offset + piece.position());
            }
            return read;
        });
        boolean ended = piece.hasRemaining();
        piece.flip();
        int length = piece.remaining();
        if (length > 0) {
            hash.add(offset, piece);
            sink.piece(offset, piece.asReadOnlyBuffer());
        }
        return ended ? -1 : offset + length;
    }
}
