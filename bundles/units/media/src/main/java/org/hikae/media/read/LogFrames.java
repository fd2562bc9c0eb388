package org.hikae.media.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTableReader;
import org.hikae.media.index.Frame;

/** Reads the before-images in frames of a log, each frame checked before. Not thread-safe. */
public final class LogFrames implements Closeable {

    /** Takes before-images. */
    public interface Target {

        /** @param data the blocks, from position to limit; null: they are zeros */
        void put(BlockRun run, ByteBuffer data) throws IOException;
    }

    private final int blockSize;
    private final long blockCount;
    private final Scratch.Pool pool = Scratch.Pool.ofFrames();
    private final Scratch scratch = pool.take();

    /** @param blockCount number of blocks of the disk */
    public LogFrames(int blockSize, long blockCount) {
        this.blockSize = blockSize;
        this.blockCount = blockCount;
    }

    /**
     * Reads one frame.
     *
     * @param object the object that it lies in
     * @throws DamagedException if it is not what was written
     */
    public void read(ObjectReader object, Frame frame, Target target) throws IOException {
        ByteBuffer bytes = scratch.stored.clear().limit(frame.length());
        object.read(bytes, frame.offset());
        bytes.flip();
        try {
            FrameHeader header = new FrameCheck(blockSize).check(frame, bytes, scratch);
            FrameCheck.unpack(header, bytes, scratch.raw.clear(), scratch);
            hand(new FrameTableReader(header, FrameCheck.table(header, bytes), blockCount), frame, target);
        } catch (DamagedException e) {
            throw new DamagedException(
                    "the log's frame at byte " + frame.offset() + " is damaged: " + e.getMessage(), e);
        }
    }

    private void hand(FrameTableReader table, Frame frame, Target target) throws IOException {
        ByteBuffer raw = scratch.raw.clear().limit(frame.blocks() * blockSize);
        while (table.next()) {
            BlockRun run = new BlockRun(table.first(), table.count());
            if (table.zero()) {
                target.put(run, null);
                continue;
            }
            long bytes = run.count() * blockSize;
            if (run.count() > frame.blocks() || bytes > raw.remaining()) {
                throw new DamagedException("its table has more blocks than the frame");
            }
            ByteBuffer data = raw.duplicate().limit(raw.position() + (int) bytes);
            raw.position(data.limit());
            target.put(run, data);
        }
    }

    @Override
    public void close() {
        pool.give(scratch);
        pool.close();
    }
}
