package org.hikae.media.read;

import org.hikae.io.Buffers;
import org.hikae.media.index.FrameObject;
import org.hikae.media.index.Frames;

/** All frames in the order in which they lie, cut into batches that are read at once. Thread-safe. */
final class Batches {

    private static final int MAX_BYTES = Scratch.CAPACITY - 2 * Buffers.ALIGNMENT;

    /**
     * Frames that follow one another in an object; the first batch of an object has its header too.
     *
     * @param from the first frame, counted within the object
     * @param to the one after the last
     */
    record Batch(int object, int from, int to) {}

    private final Frames frames;
    private int object;
    private int next;

    Batches(Frames frames) {
        this.frames = frames;
    }

    /** The next batch; null if there is none. An object without frames has a batch without frames. */
    synchronized Batch next() {
        if (object == frames.objects().size()) {
            return null;
        }
        FrameObject of = frames.objects().get(object);
        long start = next == 0 ? 0 : of.offset(next);
        int to = next;
        while (to < of.count() && of.offset(to) + of.length(to) - start <= MAX_BYTES) {
            to++;
        }
        Batch batch = new Batch(object, next, to);
        next = to;
        if (to == of.count()) {
            object++;
            next = 0;
        }
        return batch;
    }
}
