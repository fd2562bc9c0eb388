package org.hikae.media.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.index.Frame;
import org.hikae.media.index.SharedCache;

/**
 * Reads frames of any generation by their numbers, and keeps those that were used last, so that small reads beside each
 * other cost one frame. Thread-safe.
 */
final class FrameStore implements AutoCloseable {

    private static final long CACHED = 32 << 20;

    private final Scratch.Pool pool = Scratch.Pool.ofFrames();
    private final SharedCache<byte[]> cache = new SharedCache<>(SharedCache.share(CACHED), blocks -> blocks.length);

    /**
     * Bytes of the blocks in a frame.
     *
     * @throws DamagedException if it says to have more than a frame can
     */
    static int rawLength(Part part, int frame) throws IOException {
        long bytes = (long) part.index().frame(frame).blocks() * part.blockSize();
        if (bytes > FrameHeader.MAX_RAW) {
            throw new DamagedException("their frame has more blocks than there can be in one");
        }
        return (int) bytes;
    }

    /** The blocks of a frame if they are in memory, else null; not to be changed. */
    byte[] find(Part part, int frame) {
        return cache.find(part, frame);
    }

    /** The blocks of a frame; not to be changed. */
    byte[] get(Part part, int frame) throws IOException {
        return cache.get(part, frame, () -> read(part, frame));
    }

    /**
     * Unpacks a frame into a direct buffer, from its position on.
     *
     * @throws DamagedException if it is damaged; says where it lies
     */
    void readInto(Part part, int frame, ByteBuffer dst) throws IOException {
        Scratch scratch = pool.take();
        try {
            readInto(part, frame, dst, scratch);
        } finally {
            pool.give(scratch);
        }
    }

    private byte[] read(Part part, int frame) throws IOException {
        byte[] blocks = new byte[rawLength(part, frame)];
        Scratch scratch = pool.take();
        try {
            ByteBuffer raw = scratch.raw.clear();
            readInto(part, frame, raw, scratch);
            raw.flip().get(blocks);
            return blocks;
        } finally {
            pool.give(scratch);
        }
    }

    private static void readInto(Part part, int number, ByteBuffer dst, Scratch scratch) throws IOException {
        Frame frame = part.index().frame(number);
        int start = dst.position();
        try {
            try {
                ByteBuffer bytes = part.read(frame.object(), frame.offset(), frame.end(), scratch.stored);
                unpack(part, frame, bytes, dst, scratch);
            } catch (DamagedException e) {
                unpack(part, frame, part.copyOf(frame, e), dst.position(start), scratch);
            }
        } catch (DamagedException e) {
            throw new DamagedException(FrameCheck.damage(part, frame, e), e);
        }
    }

    private static void unpack(Part part, Frame frame, ByteBuffer bytes, ByteBuffer dst, Scratch scratch)
            throws DamagedException {
        FrameCheck check = new FrameCheck(part.blockSize());
        if (part.isRaw()) {
            check.checkRegion(frame, bytes, scratch);
            check.copyRegion(frame, bytes, dst);
        } else {
            FrameCheck.unpack(check.check(frame, bytes, scratch), bytes, dst, scratch);
        }
    }

    /** Forgets the frames of a part. */
    void drop(Part part) {
        cache.drop(part);
    }

    @Override
    public void close() {
        pool.close();
    }
}
