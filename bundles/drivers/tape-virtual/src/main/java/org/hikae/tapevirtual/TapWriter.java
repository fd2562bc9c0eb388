package org.hikae.tapevirtual;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.hikae.io.BufferedIo;

/** Writes objects to a tape file, many at once. Not thread-safe. */
final class TapWriter {

    /** Records that are written together. */
    private static final int TOGETHER = 64;
    /** Each record takes a word before, a byte to fill up, and a word behind. */
    private static final int FRAME = 2 * TapWords.WORD + 1;

    private static final int MARKS = 1 << 10;

    private final FileChannel channel;
    private final ByteBuffer words = ByteBuffer.allocateDirect(TOGETHER * FRAME).order(ByteOrder.LITTLE_ENDIAN);

    TapWriter(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Writes records; the buffers stay as they are. After an exception nothing is behind {@code offset}, as far as that can be
     * done.
     *
     * @return where they end
     */
    long write(long offset, Iterable<ByteBuffer> records) throws IOException {
        try {
            long at = offset;
            List<ByteBuffer> pieces = new ArrayList<>();
            words.clear();
            for (ByteBuffer record : records) {
                frame(record, pieces);
                if (words.remaining() < FRAME) {
                    at = put(at, pieces);
                }
            }
            return put(at, pieces);
        } catch (IOException e) {
            throw takenBack(offset, e);
        }
    }

    private void frame(ByteBuffer record, List<ByteBuffer> pieces) {
        int length = record.remaining();
        int start = words.position();
        pieces.add(words.putInt(length).slice(start, TapWords.WORD));
        pieces.add(record.duplicate());
        start = words.position();
        if (length % 2 != 0) {
            words.put((byte) 0);
        }
        words.putInt(length);
        pieces.add(words.slice(start, words.position() - start));
    }

    private long put(long offset, List<ByteBuffer> pieces) throws IOException {
        ByteBuffer[] all = pieces.toArray(ByteBuffer[]::new);
        channel.position(offset);
        int first = 0;
        while (first < all.length) {
            channel.write(all, first, all.length - first);
            while (first < all.length && !all[first].hasRemaining()) {
                first++;
            }
        }
        pieces.clear();
        words.clear();
        return channel.position();
    }

    /** Writes filemarks; as {@link #write}. */
    void filemarks(long offset, int count) throws IOException {
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(count, MARKS) * TapWords.WORD);
            long at = offset;
            for (int left = count; left > 0; left -= MARKS) {
                zeros.clear().limit(Math.min(left, MARKS) * TapWords.WORD);
                at += zeros.remaining();
                BufferedIo.write(channel, zeros, at - zeros.remaining());
            }
        } catch (IOException e) {
            throw takenBack(offset, e);
        }
    }

    private IOException takenBack(long offset, IOException failure) {
        try {
            channel.truncate(offset);
        } catch (IOException e) {
            // What was written in part is no whole record; the next one overwrites it.
            failure.addSuppressed(e);
        }
        return failure;
    }
}
