package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.BlockWriter;
import org.hikae.io.Buffers;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTable;
import org.hikae.media.index.RunSorter;
import org.hikae.media.index.Span;

/**
 * Packs the blocks of each aligned piece of the disk, as far as they follow one another, into one frame. Nothing is
 * shared with other writers until the generation is sealed.
 */
final class PackedBlockWriter implements BlockWriter {

    private final Extent extent;
    private final Segments segments;
    private final FrameEncoder encoder;
    private final Liveness liveness;
    private final BlockScan scan;
    private final RunSorter runs;
    private final FrameTable table = FrameTable.ofData();

    /** Where blocks wait that do not fill a frame yet; null until there are such. */
    private ByteBuffer pending;

    private int pendingBlocks;
    private long pendingRegion = -1;
    private long pendingEnd;
    private boolean complete;
    private boolean closed;

    /**
     * @param runs takes what is written where
     * @param liveness throws if the generation is over
     */
    PackedBlockWriter(Extent extent, Segments segments, RunSorter runs, FrameEncoder encoder, Liveness liveness) {
        this.extent = extent;
        this.segments = segments;
        this.runs = runs;
        this.encoder = encoder;
        this.liveness = liveness;
        this.scan = new BlockScan(extent.blockSize());
    }

    @Override
    public void write(BlockRun run, ByteBuffer data) throws IOException {
        checkUsable();
        extent.check(run, data);
        long first = run.first();
        while (first < run.end()) {
            long end = Math.min(run.end(), extent.regionEnd(first));
            int bytes = (int) (end - first) * extent.blockSize();
            writeWithinRegion(first, (int) (end - first), data.duplicate().limit(data.position() + bytes));
            data.position(data.position() + bytes);
            first = end;
        }
    }

    private void writeWithinRegion(long first, int count, ByteBuffer data) throws IOException {
        long region = extent.region(first);
        if (pendingBlocks > 0 && (region != pendingRegion || first < pendingEnd || !table.hasRoom(count / 2 + 1))) {
            flush();
        }
        scan.begin(data);
        boolean straight =
                pendingBlocks == 0 && first + count == extent.regionEnd(first) && data.isDirect() && !data.isReadOnly();
        if (straight) {
            int base = data.position();
            int kept = pack(first, count, data, data, base, 0);
            encode(data.duplicate().position(base).limit(base + kept * extent.blockSize()), kept);
            return;
        }
        if (pending == null) {
            pending = Buffers.allocate(FrameHeader.MAX_RAW);
        }
        pendingBlocks += pack(first, count, data, pending, 0, pendingBlocks);
        pendingRegion = region;
        pendingEnd = first + count;
        if (pendingEnd == extent.regionEnd(first)) {
            flush();
        }
    }

    /**
     * Moves the blocks that are not zero together.
     *
     * @param base where the frame's blocks begin in {@code to}
     * @param before number of blocks there already
     * @return the number of blocks moved
     */
    private int pack(long first, int count, ByteBuffer data, ByteBuffer to, int base, int before) throws IOException {
        int size = extent.blockSize();
        int from = data.position();
        int frame = segments.frames().count();
        int kept = 0;
        int block = 0;
        while (block < count) {
            int zerosEnd = scan.next(block, count, false);
            if (zerosEnd > block) {
                runs.add(first + block, zerosEnd - block, Span.ZERO, 0);
            }
            block = scan.next(zerosEnd, count, true);
            int n = block - zerosEnd;
            if (n > 0) {
                int target = base + (before + kept) * size;
                if (to != data || target != from + zerosEnd * size) {
                    to.put(target, data, from + zerosEnd * size, n * size);
                }
                runs.add(first + zerosEnd, n, frame, before + kept);
                table.addData(first + zerosEnd, n);
                kept += n;
            }
        }
        return kept;
    }

    private void flush() throws IOException {
        encode(pending.duplicate().position(0).limit(pendingBlocks * extent.blockSize()), pendingBlocks);
        pendingBlocks = 0;
    }

    private void encode(ByteBuffer raw, int blocks) throws IOException {
        if (blocks > 0) {
            encoder.encode(table, raw, blocks, segments);
            table.clear();
        }
    }

    @Override
    public void zeros(BlockRun run) throws IOException {
        checkUsable();
        extent.check(run);
        runs.add(run.first(), run.count(), Span.ZERO, 0);
    }

    @Override
    public void complete() throws IOException {
        checkUsable();
        if (pendingBlocks > 0) {
            flush();
        }
        segments.complete();
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    RunSorter runs() {
        return runs;
    }

    Segments segments() {
        return segments;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pending = null;
            encoder.close();
            segments.close();
        }
    }

    private void checkUsable() throws IOException {
        liveness.check();
        if (complete || closed) {
            throw new IOException("this writer of blocks has ended");
        }
    }
}
