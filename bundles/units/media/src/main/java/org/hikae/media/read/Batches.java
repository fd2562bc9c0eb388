package org.hikae.media.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.io.Buffers;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.index.Frame;
import org.hikae.media.index.FramePage;

/** All frames of a part in the order in which they lie, cut into batches that are read at once. Thread-safe. */
final class Batches {

    private static final int MAX_BYTES = Scratch.CAPACITY - 2 * Buffers.ALIGNMENT;

    /**
     * Frames that follow one another in an object; the first batch of an object has its header too.
     *
     * @param firstFrame number of the first frame
     * @param frames at least one
     */
    record Batch(int firstFrame, List<Frame> frames) {

        int object() {
            return frames.get(0).object();
        }

        /** Whether the header of the object is a part of it; images have none, and no region that begins there. */
        boolean hasHeader() {
            return frames.get(0).offset() == ObjectHeader.LENGTH;
        }

        long start() {
            return hasHeader() ? 0 : frames.get(0).offset();
        }

        long end() {
            return frames.get(frames.size() - 1).end();
        }

        /** The batch of one of its frames alone. */
        Batch single(int number) {
            return new Batch(firstFrame + number, List.of(frames.get(number)));
        }
    }

    private final Part part;
    private final Coverage coverage;
    private int page;
    private FramePage frames;
    private int next;

    Batches(Part part, Coverage coverage) {
        this.part = part;
        this.coverage = coverage;
    }

    /**
     * The next batch; null if there is none. A page that is damaged is noted and passed over.
     *
     * @throws IOException if the medium fails
     */
    synchronized Batch next() throws IOException {
        while (frames == null || next == frames.count()) {
            if (page == part.index().framePages()) {
                return null;
            }
            next = 0;
            frames = coverage.read(page++);
        }
        int first = part.index().firstFrame(page - 1) + next;
        List<Frame> batch = new ArrayList<>();
        long start = frames.get(next).offset();
        while (next < frames.count() && (batch.isEmpty() || follows(batch, frames.get(next), start))) {
            batch.add(frames.get(next++));
        }
        return new Batch(first, batch);
    }

    private static boolean follows(List<Frame> batch, Frame frame, long start) {
        Frame last = batch.get(batch.size() - 1);
        return frame.object() == last.object() && frame.offset() == last.end() && frame.end() - start <= MAX_BYTES;
    }
}
