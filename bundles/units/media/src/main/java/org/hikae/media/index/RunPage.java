package org.hikae.media.index;

import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** Some spans that follow one another, in ascending order, as they stand in an index and in scratch files. Immutable. */
public final class RunPage {

    /** Number of spans in a page of an index. */
    static final int MAX_RUNS = 4096;

    private static final int KINDS = 4;
    private static final int ZERO = 0;
    private static final int LOG = 1;
    private static final int PARENT = 2;
    private static final int FRAME = 3;

    private final long[] firsts;
    private final long[] ends;
    private final int[] frames;
    private final char[] positions;

    private RunPage(int count) {
        firsts = new long[count];
        ends = new long[count];
        frames = new int[count];
        positions = new char[count];
    }

    /** Bytes that so many spans take at most. */
    static int maxBytes(int spans) {
        return (1 + 4 * spans) * Varint.MAX_BYTES;
    }

    /** Writes spans, of which none is {@link Span#NONE}. */
    static void encode(List<Span> spans, ByteBuffer dst) {
        Varint.put(dst, spans.size());
        long end = 0;
        int frame = 0;
        for (Span span : spans) {
            Varint.put(dst, span.first() - end);
            Varint.put(dst, span.blocks() * KINDS + kind(span.frame()));
            if (span.inFrame()) {
                Varint.put(dst, Varint.zigzag((long) span.frame() - frame));
                Varint.put(dst, span.position());
                frame = span.frame();
            }
            end = span.end();
        }
    }

    private static int kind(int frame) {
        return switch (frame) {
            case Span.ZERO -> ZERO;
            case Span.LOG -> LOG;
            case Span.PARENT -> PARENT;
            default -> FRAME;
        };
    }

    /** Number of blocks of a run, of which a number says this and its kind. */
    static long blocks(long number) {
        return number / KINDS;
    }

    /** Instead of a frame, what a run of that number is; 0 or more if it is in a frame. */
    static int frame(long number) {
        return switch ((int) (number % KINDS)) {
            case ZERO -> Span.ZERO;
            case LOG -> Span.LOG;
            case PARENT -> Span.PARENT;
            default -> 0;
        };
    }

    /**
     * Reads spans, whose bytes may be anything.
     *
     * @param blockCount number of blocks of the disk
     * @param frameCount number of frames that there are
     * @throws DamagedException if they make no sense
     */
    static RunPage decode(ByteBuffer src, long blockCount, int frameCount) throws DamagedException {
        long count = Varint.get(src);
        if (count > src.remaining()) {
            throw new DamagedException("it has more runs than bytes");
        }
        RunPage page = new RunPage((int) count);
        long end = 0;
        long frame = 0;
        for (int i = 0; i < count; i++) {
            long gap = Varint.get(src);
            long next = Varint.get(src);
            long blocks = blocks(next);
            if (gap > blockCount - end || blocks < 1 || blocks > blockCount - end - gap) {
                throw new DamagedException("a run has blocks that the disk does not have");
            }
            page.firsts[i] = end + gap;
            end += gap + blocks;
            page.ends[i] = end;
            page.frames[i] = frame(next);
            if (page.frames[i] >= 0) {
                frame += Varint.unzigzag(Varint.get(src));
                page.put(i, frame, Varint.get(src), blocks, frameCount);
            }
        }
        if (src.hasRemaining()) {
            throw new DamagedException("it does not end where it should");
        }
        return page;
    }

    /** No frame has more blocks than a char counts: what readers reckon with stays small, whatever the bytes are. */
    private void put(int run, long frame, long position, long blocks, int frameCount) throws DamagedException {
        if (frame < 0 || frame >= frameCount) {
            throw new DamagedException("a run lies in a frame that is not there");
        }
        if (position > Character.MAX_VALUE || blocks > Character.MAX_VALUE - position) {
            throw new DamagedException("a run is longer than its frame can be");
        }
        frames[run] = (int) frame;
        positions[run] = (char) position;
    }

    /** Number of spans. */
    public int count() {
        return firsts.length;
    }

    /** @param run counted within the page */
    public Span get(int run) {
        return new Span(firsts[run], ends[run], frames[run], positions[run]);
    }
}
