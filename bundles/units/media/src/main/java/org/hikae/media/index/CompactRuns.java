package org.hikae.media.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/**
 * A page of runs as it is kept in memory: the bytes that it was made of, and for every few runs where these begin. It takes a
 * fifth of what a {@link RunPage} does, which counts where a chain has a hundred indexes. Immutable.
 */
final class CompactRuns implements Page {

    /** Runs from one mark to the next. */
    private static final int STRIDE = 16;

    /** Bytes of memory that a mark takes. */
    private static final int MARK_BYTES = 16;

    private final byte[] bytes;
    private final int count;
    /** Of each marked run: its first block. */
    private final long[] firsts;
    /** Where its other numbers begin. */
    private final int[] offsets;
    /** The frame of the last run before it that is in one. */
    private final int[] frames;

    /** @param src a page that {@link RunPage#decode} takes, from its position on */
    CompactRuns(ByteBuffer src) throws DamagedException {
        ByteBuffer rest = src.slice();
        bytes = new byte[rest.remaining()];
        rest.get(bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        count = (int) Varint.get(in);
        int marks = (count + STRIDE - 1) / STRIDE;
        firsts = new long[marks];
        offsets = new int[marks];
        frames = new int[marks];
        Walk walk = new Walk(in);
        for (int run = 0; run < count; run++) {
            long first = walk.end + Varint.get(in);
            if (run % STRIDE == 0) {
                firsts[run / STRIDE] = first;
                offsets[run / STRIDE] = in.position();
                frames[run / STRIDE] = walk.lastFrame;
            }
            walk.read(first);
        }
    }

    /** The first run that does not end before or at a block, and those that follow it. */
    Walk from(long block) throws IOException {
        int at = Arrays.binarySearch(firsts, block);
        int mark = Math.max(0, at >= 0 ? at : -at - 2);
        Walk walk = new Walk(mark);
        while (walk.isThere() && walk.end <= block) {
            walk.next();
        }
        return walk;
    }

    @Override
    public int bytes() {
        return bytes.length + MARK_BYTES * firsts.length;
    }

    /** Goes through runs. Not thread-safe. */
    final class Walk {

        private final ByteBuffer in;
        /** Number of the run. */
        private int run;

        private long first;
        private long end;
        private long endBefore;
        private int frame;
        private int position;
        private int lastFrame;

        private Walk(ByteBuffer in) {
            this.in = in;
        }

        private Walk(int mark) throws DamagedException {
            in = ByteBuffer.wrap(bytes);
            run = mark * STRIDE;
            if (isThere()) {
                in.position(offsets[mark]);
                lastFrame = frames[mark];
                endBefore = firsts[mark];
                read(firsts[mark]);
            }
        }

        boolean isThere() {
            return run < count;
        }

        void next() throws DamagedException {
            run++;
            endBefore = end;
            if (isThere()) {
                read(end + Varint.get(in));
            }
        }

        private void read(long firstBlock) throws DamagedException {
            long number = Varint.get(in);
            first = firstBlock;
            end = firstBlock + RunPage.blocks(number);
            frame = RunPage.frame(number);
            position = 0;
            if (frame >= 0) {
                lastFrame += (int) Varint.unzigzag(Varint.get(in));
                frame = lastFrame;
                position = (int) Varint.get(in);
            }
        }

        long first() {
            return first;
        }

        /** Where the run before ended, or something after it. */
        long endBefore() {
            return endBefore;
        }

        Span span() {
            return new Span(first, end, frame, position);
        }
    }
}
