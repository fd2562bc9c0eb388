package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.files.transfer.run.FormatException;
import org.hikae.files.transfer.run.FrameCodec;
import org.hikae.files.transfer.run.FrameHeader;
import org.hikae.files.transfer.run.StoredFrame;

/** Reads frames of a part, in large pieces. Used by one thread at a time. */
final class PartInput implements Closeable {

    private static final int PIECE = 2 << 20;

    private final ObjectReader object;
    private final long end;
    private final ByteBuffer piece;
    /** Of the first byte of the piece in the object. */
    private long at;

    /** @param object taken over @param end where its frames end */
    PartInput(ObjectReader object, long end) {
        this.object = object;
        this.end = Math.min(end, object.length());
        this.piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(end, FrameHeader.LENGTH)));
        this.piece.limit(0);
    }

    /**
     * The frame that begins there.
     *
     * @throws FormatException if none does, or it is damaged
     * @throws IOException if it cannot be read
     */
    StoredFrame frame(long position) throws IOException {
        ByteBuffer head = bytes(position, FrameHeader.LENGTH);
        int length = FrameHeader.take(head).frameLength();
        ByteBuffer frame =
                ByteBuffer.allocate(length).put(bytes(position, length)).flip();
        return FrameCodec.take(frame);
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
        if (position < 0 || position > end - length) {
            throw new FormatException("a frame that is cut off");
        }
        if (position < at || position + length > at + piece.limit()) {
            fill(position, length);
        }
        return piece.duplicate().position((int) (position - at)).limit((int) (position - at) + length);
    }

    /** What comes behind a frame may not be there to be read: that is no fault of this one. */
    private void fill(long position, int length) throws IOException {
        int most = (int) Math.min(piece.capacity(), end - position);
        try {
            read(position, most);
        } catch (IOException e) {
            if (length == most) {
                throw e;
            }
            read(position, length);
        }
    }

    private void read(long position, int length) throws IOException {
        piece.clear().limit(length);
        try {
            object.read(piece, position);
            piece.flip();
            at = position;
        } catch (IOException | RuntimeException e) {
            piece.limit(0);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        object.close();
    }
}
