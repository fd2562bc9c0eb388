package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.io.Buffers;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.FrameTable;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.FrameList;
import org.hikae.media.index.RunSorter;
import org.hikae.media.index.Span;

/**
 * The log of a generation as frames: each names disk blocks and record numbers, so that the log alone suffices to lay
 * the before-images back (a.7).
 */
final class PackedLog implements KeptLog {

    /**
     * Small records are gathered up to this size in bytes: large enough to compress, and small enough that a scattered
     * block is read without much beside it. A larger record has a frame of its own.
     */
    private static final int GATHERED = 1 << 15;

    private final Extent extent;
    private final Segments segments;
    private final FrameEncoder encoder;
    private final WriterState state;
    private final BlockScan scan;
    private final RunSorter runs;
    private final FrameTable table = FrameTable.ofLog();
    private final ByteBuffer pending = Buffers.allocate(FrameHeader.MAX_RAW);
    private int pendingBlocks;
    private long records;
    private long lastNumber;

    /**
     * @param runs takes what is written where
     * @param liveness throws if the generation is over
     */
    PackedLog(Extent extent, Segments segments, RunSorter runs, FrameEncoder encoder, Liveness liveness) {
        this.extent = extent;
        this.segments = segments;
        this.runs = runs;
        this.encoder = encoder;
        this.state = new WriterState("log", liveness);
        this.scan = new BlockScan(extent.blockSize());
    }

    @Override
    public void put(long number, BlockRun run, ByteBuffer data) throws IOException {
        state.check();
        extent.check(run, data);
        if (number < Math.max(1, lastNumber)) {
            throw new IllegalArgumentException("record " + number + " after " + lastNumber);
        }
        records += number == lastNumber ? 0 : 1;
        lastNumber = number;
        state.write(() -> gather(number, run, data));
    }

    private void gather(long number, BlockRun run, ByteBuffer data) throws IOException {
        int count = (int) run.count();
        int gathered = pendingBlocks * extent.blockSize();
        if (gathered + data.remaining() > GATHERED || !table.hasRoom(count + 1)) {
            flush();
        }
        scan.begin(data);
        pendingBlocks += pack(number, run.first(), count, data);
        data.position(data.limit());
    }

    private int pack(long number, long first, int count, ByteBuffer data) throws IOException {
        int size = extent.blockSize();
        int from = data.position();
        int frame = segments.frames().count();
        int kept = 0;
        int block = 0;
        while (block < count) {
            int zerosEnd = scan.next(block, count, false);
            if (zerosEnd > block) {
                runs.add(first + block, zerosEnd - block, Span.ZERO, 0);
                table.addLog(number, first + block, zerosEnd - block, true);
            }
            block = scan.next(zerosEnd, count, true);
            int n = block - zerosEnd;
            if (n > 0) {
                pending.put((pendingBlocks + kept) * size, data, from + zerosEnd * size, n * size);
                runs.add(first + zerosEnd, n, frame, pendingBlocks + kept);
                table.addLog(number, first + zerosEnd, n, false);
                kept += n;
            }
        }
        return kept;
    }

    private void flush() throws IOException {
        if (table.entries() > 0) {
            ByteBuffer raw = pending.duplicate().position(0).limit(pendingBlocks * extent.blockSize());
            encoder.encode(table, raw, pendingBlocks, segments);
            table.clear();
            pendingBlocks = 0;
        }
    }

    @Override
    public void complete() throws IOException {
        state.complete(() -> {
            // What was put last is still here: it is gathered with what may follow.
            table.markLast();
            flush();
            segments.complete();
        });
    }

    @Override
    public boolean isComplete() {
        return state.isComplete();
    }

    @Override
    public RunSorter runs() {
        return runs;
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public List<ObjectRef> objects() {
        return segments.written();
    }

    @Override
    public void frames(FrameList.Consumer consumer) throws IOException {
        segments.frames().forEach(consumer);
    }

    @Override
    public void close() {
        if (!state.isClosed()) {
            state.close();
            encoder.close();
            segments.close();
        }
    }

    @Override
    public void release() {
        Undo.attempt(runs::close);
        Undo.attempt(segments.frames()::close);
    }
}
