package org.hikae.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Whole reads and writes at positions of a channel. */
public final class BufferedIo {

    /** The JDK copies through a direct buffer as large as a heap buffer's rest, and keeps it for each thread. */
    private static final int HEAP_PIECE = 1 << 18;

    private BufferedIo() {}

    /** Fills the buffer; false if the file ends before. */
    public static boolean read(FileChannel channel, ByteBuffer dst, long offset) throws IOException {
        int limit = dst.limit();
        long at = offset;
        while (dst.position() < limit) {
            dst.limit(piece(dst, limit));
            int n = channel.read(dst, at);
            dst.limit(limit);
            if (n < 0) {
                return false;
            }
            at += n;
        }
        return true;
    }

    /** Writes the whole buffer. */
    public static void write(FileChannel channel, ByteBuffer src, long offset) throws IOException {
        int limit = src.limit();
        long at = offset;
        while (src.position() < limit) {
            src.limit(piece(src, limit));
            at += channel.write(src, at);
            src.limit(limit);
        }
    }

    static void zero(FileChannel channel, long offset, long length) throws IOException {
        ByteBuffer zeros = Buffers.zeros();
        long done = 0;
        while (done < length) {
            zeros.position(0).limit((int) Math.min(zeros.capacity(), length - done));
            int n = zeros.remaining();
            write(channel, zeros, offset + done);
            done += n;
        }
    }

    private static int piece(ByteBuffer buffer, int limit) {
        return buffer.isDirect() ? limit : Math.min(limit, buffer.position() + HEAP_PIECE);
    }
}
