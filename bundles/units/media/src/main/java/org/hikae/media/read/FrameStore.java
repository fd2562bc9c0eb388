package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.io.Buffers;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.index.FrameObject;
import org.hikae.media.index.Frames;

/** Reads frames by their numbers. Thread-safe. */
final class FrameStore implements FrameCache.Source, Closeable {

    private final Frames frames;
    private final OpenObjects objects;
    private final Scratch.Pool pool;
    private final int blockSize;
    private final FrameCheck check;

    /** @param objects those of the frames, in their order */
    FrameStore(Frames frames, OpenObjects objects, int blockSize, Scratch.Pool pool) {
        this.frames = frames;
        this.objects = objects;
        this.blockSize = blockSize;
        this.pool = pool;
        this.check = new FrameCheck(blockSize);
    }

    /** Bytes of the blocks in a frame. */
    int rawLength(int frame) {
        return frames.blocks(frame) * blockSize;
    }

    /**
     * Unpacks a frame into a direct buffer, from its position on.
     *
     * @throws DamagedException if it is damaged; says where it lies
     */
    void readInto(int frame, ByteBuffer dst) throws IOException {
        Scratch scratch = pool.take();
        try {
            readInto(frame, dst, scratch);
        } finally {
            pool.give(scratch);
        }
    }

    @Override
    public byte[] read(int frame) throws IOException {
        byte[] blocks = new byte[rawLength(frame)];
        Scratch scratch = pool.take();
        try {
            ByteBuffer raw = scratch.raw.clear();
            readInto(frame, raw, scratch);
            raw.flip().get(blocks);
            return blocks;
        } finally {
            pool.give(scratch);
        }
    }

    private void readInto(int frame, ByteBuffer dst, Scratch scratch) throws IOException {
        int number = frames.objectOf(frame);
        FrameObject object = frames.objects().get(number);
        int within = frame - frames.firstFrame(number);
        try {
            ByteBuffer bytes = read(number, object, within, scratch);
            FrameHeader header = check.check(object, within, bytes, scratch);
            FrameCheck.unpack(header, bytes, dst, scratch);
        } catch (DamagedException e) {
            throw new DamagedException(
                    "the frame at byte " + object.offset(within) + " of " + object.name() + " is damaged: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Reads the frame as a part of whole pages, which media can read without copying. */
    private ByteBuffer read(int number, FrameObject object, int within, Scratch scratch) throws IOException {
        long from = object.offset(within);
        long to = from + object.length(within);
        long start = from & -Buffers.ALIGNMENT;
        long end = Math.min(object.length(), (to + Buffers.ALIGNMENT - 1) & -Buffers.ALIGNMENT);
        ByteBuffer bytes = scratch.stored.clear().limit((int) (end - start));
        objects.read(number, bytes, start);
        return bytes.limit((int) (to - start)).position((int) (from - start));
    }

    @Override
    public void close() throws IOException {
        objects.close();
    }
}
