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
    private final WriterState state;
    private final BlockScan scan;
    private final RunSorter runs;
    private final FrameTable table = FrameTable.ofData();

    /** Where blocks wait that do not fill a frame yet; null until there are such. */
    private ByteBuffer pending;

    private int pendingBlocks;
    private long pendingRegion = -1;
    private long pendingEnd;

    /**
     * @param runs takes what is written where
     * @param liveness throws if the generation is over
     */
    PackedBlockWriter(Extent extent, Segments segments, RunSorter runs, FrameEncoder encoder, Liveness liveness) {
        this.extent = extent;
        this.segments = segments;
        this.runs = runs;
        this.encoder = encoder;
        this.state = new WriterState("writer of blocks", liveness);
        this.scan = new BlockScan(extent.blockSize());
    }

    @Override
    public void write(BlockRun run, ByteBuffer data) throws IOException {
        state.check();
        extent.check(run, data);
        state.write(() ->
                extent.split(run, data, (part, blocks) -> writeWithinRegion(part.first(), (int) part.count(), blocks)));
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
        state.check();
        extent.check(run);
        state.write(() -> runs.add(run.first(), run.count(), Span.ZERO, 0));
    }

    @Override
    public void complete() throws IOException {
        state.complete(() -> {
            if (pendingBlocks > 0) {
                flush();
            }
            segments.complete();
        });
    }

    boolean isComplete() {
        return state.isComplete();
    }

    RunSorter runs() {
        return runs;
    }

    Segments segments() {
        return segments;
    }

    @Override
    public void close() {
        if (!state.isClosed()) {
            state.close();
            pending = null;
            encoder.close();
            segments.close();
        }
    }
}
