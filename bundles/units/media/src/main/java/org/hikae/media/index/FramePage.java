package org.hikae.media.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** Some frames that follow one another by number, as they stand in an index and in scratch files. Immutable. */
public final class FramePage implements Page {

    /** Number of frames in every page of an index but the last. */
    static final int MAX_FRAMES = 4096;

    /** Bytes of memory that a frame takes. */
    private static final int FRAME_BYTES = 22;

    private final int[] objects;
    private final long[] offsets;
    private final int[] lengths;
    private final int[] checksums;
    private final char[] blocks;

    private FramePage(int count) {
        objects = new int[count];
        offsets = new long[count];
        lengths = new int[count];
        checksums = new int[count];
        blocks = new char[count];
    }

    /** Bytes that so many frames take at most. */
    static int maxBytes(int frames) {
        return Varint.MAX_BYTES + frames * (4 * Varint.MAX_BYTES + Integer.BYTES);
    }

    /** Writes frames. Their checksums, which do not compress, stand together at the end. */
    static void encode(List<Frame> frames, ByteBuffer dst) {
        Varint.put(dst, frames.size());
        int object = 0;
        long end = 0;
        for (Frame frame : frames) {
            Varint.put(dst, Varint.zigzag((long) frame.object() - object));
            Varint.put(dst, Varint.zigzag(frame.offset() - (frame.object() == object ? end : 0)));
            Varint.put(dst, frame.length());
            Varint.put(dst, frame.blocks());
            object = frame.object();
            end = frame.end();
        }
        dst.order(ByteOrder.LITTLE_ENDIAN);
        frames.forEach(frame -> dst.putInt(frame.checksum()));
    }

    /**
     * Reads frames, whose bytes may be anything.
     *
     * @param count number of frames that there should be
     * @param objectCount number of objects that there are
     * @throws DamagedException if they make no sense
     */
    static FramePage decode(ByteBuffer src, int count, int objectCount) throws DamagedException {
        if (Varint.get(src) != count || count > src.remaining()) {
            throw new DamagedException("it has another number of frames");
        }
        FramePage page = new FramePage(count);
        long object = 0;
        long end = 0;
        for (int i = 0; i < count; i++) {
            long moved = Varint.unzigzag(Varint.get(src));
            object += moved;
            long offset = Varint.unzigzag(Varint.get(src)) + (moved == 0 ? end : 0);
            Frame frame = frame(object, offset, Varint.get(src), Varint.get(src), objectCount);
            page.put(i, frame);
            end = frame.end();
        }
        if (src.remaining() != count * Integer.BYTES) {
            throw new DamagedException("it does not end where it should");
        }
        src.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(page.checksums);
        return page;
    }

    private static Frame frame(long object, long offset, long length, long blocks, int objectCount)
            throws DamagedException {
        if (object < 0 || object >= objectCount || length > Integer.MAX_VALUE || blocks > Integer.MAX_VALUE) {
            throw new DamagedException("a frame lies in an object that is not there");
        }
        try {
            return new Frame((int) object, offset, (int) length, 0, (int) blocks);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("it has what is " + e.getMessage(), e);
        }
    }

    private void put(int i, Frame frame) {
        objects[i] = frame.object();
        offsets[i] = frame.offset();
        lengths[i] = frame.length();
        blocks[i] = (char) frame.blocks();
    }

    /** Number of frames. */
    public int count() {
        return objects.length;
    }

    /** @param number counted within the page */
    public Frame get(int number) {
        return new Frame(objects[number], offsets[number], lengths[number], checksums[number], blocks[number]);
    }

    @Override
    public int bytes() {
        return FRAME_BYTES * objects.length;
    }
}
