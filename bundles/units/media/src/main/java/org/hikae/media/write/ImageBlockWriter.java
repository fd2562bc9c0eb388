package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.BlockWriter;
import org.hikae.media.index.RunSorter;
import org.hikae.media.index.Span;

/** Writes copied blocks to their places in an image, which is durable only when the generation is sealed. */
final class ImageBlockWriter implements BlockWriter {

    private final Extent extent;
    private final PlacedImage image;
    private final RunSorter runs;
    private final Liveness liveness;
    private final BlockScan scan;
    private final BlockRecorder recorder;
    private boolean complete;
    private boolean closed;

    /**
     * @param runs takes what is written where
     * @param liveness throws if the generation is over
     */
    ImageBlockWriter(Extent extent, PlacedImage image, RunSorter runs, Liveness liveness) {
        this.extent = extent;
        this.image = image;
        this.runs = runs;
        this.liveness = liveness;
        this.scan = new BlockScan(extent.blockSize());
        this.recorder = new BlockRecorder(scan, runs);
    }

    @Override
    public void write(BlockRun run, ByteBuffer data) throws IOException {
        checkUsable();
        extent.check(run, data);
        recorder.record(run, data);
        extent.split(run, data, (part, blocks) -> image.copy(part, blocks, scan));
    }

    @Override
    public void zeros(BlockRun run) throws IOException {
        checkUsable();
        extent.check(run);
        runs.add(run.first(), run.count(), Span.ZERO, 0);
        image.copyZeros(run);
    }

    @Override
    public void complete() throws IOException {
        checkUsable();
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    RunSorter runs() {
        return runs;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkUsable() throws IOException {
        liveness.check();
        if (complete || closed) {
            throw new IOException("this writer of blocks has ended");
        }
    }
}
