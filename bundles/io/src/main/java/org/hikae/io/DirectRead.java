package org.hikae.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads of any position and length past the page cache, which itself takes aligned ones only. */
final class DirectRead {

    /** For what cannot be read straight; the heap is never read into. */
    private static final BufferPool BOUNCE = new BufferPool(1 << 18, 4);

    private DirectRead() {}

    /** Fills the buffer; false if the file ends before. */
    static boolean read(FileChannel channel, ByteBuffer dst, long offset) throws IOException {
        long at = offset;
        while (dst.hasRemaining()) {
            int n = straight(dst, at) ? readStraight(channel, dst, at) : readOver(channel, dst, at);
            if (n <= 0) {
                return false;
            }
            at += n;
        }
        return true;
    }

    private static boolean straight(ByteBuffer dst, long at) {
        return at % Buffers.ALIGNMENT == 0 && dst.remaining() >= Buffers.ALIGNMENT && Buffers.isAligned(dst);
    }

    /** Reads whole pages; less only at the end of the file, after which the rest goes the other way. */
    private static int readStraight(FileChannel channel, ByteBuffer dst, long at) throws IOException {
        int limit = dst.limit();
        dst.limit(limit - dst.remaining() % Buffers.ALIGNMENT);
        try {
            return channel.read(dst, at);
        } finally {
            dst.limit(limit);
        }
    }

    private static int readOver(FileChannel channel, ByteBuffer dst, long at) throws IOException {
        ByteBuffer bounce = BOUNCE.take();
        try {
            int before = (int) (at % Buffers.ALIGNMENT);
            long wanted = (long) before + dst.remaining() + Buffers.ALIGNMENT - 1;
            bounce.limit((int) Math.min(bounce.capacity(), wanted - wanted % Buffers.ALIGNMENT));
            if (channel.read(bounce, at - before) <= before) {
                return -1;
            }
            bounce.flip().position(before);
            bounce.limit(Math.min(bounce.limit(), before + dst.remaining()));
            int n = bounce.remaining();
            dst.put(bounce);
            return n;
        } finally {
            BOUNCE.give(bounce);
        }
    }
}
