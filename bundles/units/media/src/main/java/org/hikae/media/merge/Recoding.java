package org.hikae.media.merge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTable;
import org.hikae.media.index.Frame;
import org.hikae.media.index.Span;
import org.hikae.media.read.FrameCheck;
import org.hikae.media.read.Part;
import org.hikae.media.read.Scratch;
import org.hikae.media.write.FrameEncoder;
import org.hikae.media.write.Segments;

/**
 * Makes frames of the regions of an image, which has none: of each, those blocks that are referred to. A region is checked
 * before: what is damaged is not passed on as if it were not (I9). Not thread-safe.
 */
final class Recoding implements Closeable {

    private final Segments segments;
    private final FrameEncoder encoder;
    private final Progress progress;
    private final Scratch.Pool pool = Scratch.Pool.ofFrames();
    private final Scratch scratch = pool.take();
    private final FrameTable table = FrameTable.ofData();
    private long bytes;

    /**
     * @param segments take the frames; stay open
     * @param level zstd's level of compression
     */
    Recoding(Segments segments, int level, Progress progress) {
        this.segments = segments;
        this.encoder = new FrameEncoder(level);
        this.progress = progress;
    }

    /** @param spans what is referred to of one region, in ascending order; at least one */
    void recode(Part image, List<Span> spans) throws IOException {
        progress.pass();
        Frame region = image.index().frame(spans.get(0).frame());
        ByteBuffer blocks;
        try {
            blocks = read(image, region);
        } catch (DamagedException e) {
            throw new DamagedException(FrameCheck.damage(image, region, e), e);
        }
        int length = pack(blocks, spans, image.blockSize());
        encoder.encode(table, blocks.position(0).limit(length), length / image.blockSize(), segments);
        bytes += length;
        progress.advance(region.length());
    }

    private ByteBuffer read(Part image, Frame region) throws IOException {
        if ((long) region.blocks() * image.blockSize() > FrameHeader.MAX_RAW) {
            throw new DamagedException("it has more blocks than there can be in one");
        }
        ByteBuffer stored = image.read(region.object(), region.offset(), region.end(), scratch.stored);
        FrameCheck check = new FrameCheck(image.blockSize());
        try {
            check.checkRegion(region, stored, scratch);
        } catch (DamagedException e) {
            stored = image.copyOf(region, e);
            check.checkRegion(region, stored, scratch);
        }
        check.copyRegion(region, stored, scratch.raw.clear());
        return scratch.raw;
    }

    /** Moves what is referred to together, and says in the table which blocks it is. */
    private int pack(ByteBuffer blocks, List<Span> spans, int blockSize) {
        table.clear();
        int length = 0;
        for (Span span : spans) {
            int count = (int) span.blocks() * blockSize;
            blocks.clear().put(length, blocks, span.position() * blockSize, count);
            table.addData(span.first(), span.blocks());
            length += count;
        }
        return length;
    }

    /** Bytes of the blocks that have come into frames. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        encoder.close();
        pool.give(scratch);
        pool.close();
    }
}
