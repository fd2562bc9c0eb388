package org.hikae.media.merge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.media.format.DamagedException;
import org.hikae.media.index.Frame;
import org.hikae.media.read.FrameCheck;
import org.hikae.media.read.Part;
import org.hikae.media.read.Scratch;
import org.hikae.media.write.Segments;

/**
 * Copies the frames of objects that cannot be shared, as they lie, and in long reads. Each is checked before: what is damaged is
 * not passed on as if it were not (I9). Not thread-safe.
 */
final class Moving implements Closeable {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Bytes that are read at once. */
    private static final int BATCH = 4 << 20;

    /** Bytes between two frames that are read with them, rather than that reading is begun anew. */
    private static final int GAP = 1 << 16;

    private final Segments segments;
    private final Progress progress;
    private final Scratch.Pool pool = Scratch.Pool.ofBatches();
    private final Scratch scratch = pool.take();
    private final List<Frame> batch = new ArrayList<>();
    private long movedBytes;

    /** @param segments take the frames; stay open */
    Moving(Segments segments, Progress progress) {
        this.segments = segments;
        this.progress = progress;
    }

    /** Copies what is referred to of an object, in its order. */
    void move(Source source, SourceObject object) throws IOException {
        Part part = source.part();
        part.index().forEachFrame(object.firstFrame(), object.endFrame(), (number, frame) -> {
            if (source.isLive(number)) {
                if (!batch.isEmpty() && !goesOn(frame)) {
                    flush(part);
                }
                batch.add(frame);
            }
        });
        flush(part);
    }

    private boolean goesOn(Frame frame) {
        long gap = frame.offset() - batch.get(batch.size() - 1).end();
        return gap >= 0 && gap <= GAP && frame.end() - batch.get(0).offset() <= BATCH;
    }

    private void flush(Part part) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        progress.pass();
        Frame first = batch.get(0);
        Frame last = batch.get(batch.size() - 1);
        ByteBuffer bytes;
        try {
            bytes = part.read(first.object(), first.offset(), last.end(), scratch.stored);
        } catch (DamagedException e) {
            throw new DamagedException(FrameCheck.damage(part, last, e), e);
        }
        int base = bytes.position();
        for (Frame frame : batch) {
            int from = base + (int) (frame.offset() - first.offset());
            put(part, frame, bytes.duplicate().limit(from + frame.length()).position(from));
            progress.advance(frame.length());
        }
        batch.clear();
    }

    private void put(Part part, Frame frame, ByteBuffer bytes) throws IOException {
        segments.put(whole(part, frame, bytes), NOTHING, frame.checksum(), frame.blocks());
        movedBytes += frame.length();
    }

    private ByteBuffer whole(Part part, Frame frame, ByteBuffer bytes) throws IOException {
        FrameCheck check = new FrameCheck(part.blockSize());
        try {
            try {
                check.check(frame, bytes, scratch);
                return bytes;
            } catch (DamagedException e) {
                ByteBuffer copy = part.copyOf(frame, e);
                check.check(frame, copy, scratch);
                return copy;
            }
        } catch (DamagedException e) {
            throw new DamagedException(FrameCheck.damage(part, frame, e), e);
        }
    }

    /** Bytes of frames that were copied as they were. */
    long movedBytes() {
        return movedBytes;
    }

    @Override
    public void close() {
        pool.give(scratch);
        pool.close();
    }
}
