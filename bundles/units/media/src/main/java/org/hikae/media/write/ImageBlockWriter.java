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
    private final WriterState state;
    private final BlockScan scan;
    private final BlockRecorder recorder;

    /**
     * @param runs takes what is written where
     * @param liveness throws if the generation is over
     */
    ImageBlockWriter(Extent extent, PlacedImage image, RunSorter runs, Liveness liveness) {
        this.extent = extent;
        this.image = image;
        this.runs = runs;
        this.state = new WriterState("writer of blocks", liveness);
        this.scan = new BlockScan(extent.blockSize());
        this.recorder = new BlockRecorder(scan, runs);
    }

    @Override
    public void write(BlockRun run, ByteBuffer data) throws IOException {
        state.check();
        extent.check(run, data);
        state.write(() -> {
            recorder.record(run, data);
            extent.split(run, data, (part, blocks) -> image.copy(part, blocks, scan));
        });
    }

    @Override
    public void zeros(BlockRun run) throws IOException {
        state.check();
        extent.check(run);
        state.write(() -> {
            runs.add(run.first(), run.count(), Span.ZERO, 0);
            image.copyZeros(run);
        });
    }

    @Override
    public void complete() throws IOException {
        state.complete(() -> {});
    }

    boolean isComplete() {
        return state.isComplete();
    }

    RunSorter runs() {
        return runs;
    }

    @Override
    public void close() {
        state.close();
    }
}
