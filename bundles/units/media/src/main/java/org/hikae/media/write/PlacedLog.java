package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.spi.Patience;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.FrameList;
import org.hikae.media.index.RunSorter;

/** A log that writes each before-image to its place in an image, where what is copied gives way to it (a.4). */
final class PlacedLog implements KeptLog {

    private final Extent extent;
    private final PlacedImage image;
    private final RunSorter runs;
    private final Patience patience;
    private final WriterState state;
    private final BlockScan scan;
    private final BlockRecorder recorder;
    private long records;
    private long lastNumber;

    /**
     * @param runs takes what is written where
     * @param patience asked when the medium is full
     * @param liveness throws if the generation is over
     */
    PlacedLog(Extent extent, PlacedImage image, RunSorter runs, Patience patience, Liveness liveness) {
        this.extent = extent;
        this.image = image;
        this.runs = runs;
        this.patience = patience;
        this.state = new WriterState("log", liveness);
        this.scan = new BlockScan(extent.blockSize());
        this.recorder = new BlockRecorder(scan, runs);
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
        state.write(() -> {
            recorder.record(run, data);
            extent.split(run, data, this::write);
        });
    }

    /** Waits without the latch: copiers of other blocks are not to wait for this medium's room before they find out. */
    private void write(BlockRun run, ByteBuffer data) throws IOException {
        Patiently.run(patience, () -> {
            state.check();
            image.log(run, data, scan);
        });
    }

    @Override
    public void complete() throws IOException {
        state.complete(() -> {});
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
        return List.of();
    }

    @Override
    public void frames(FrameList.Consumer consumer) {
        // What it has lies in the image.
    }

    @Override
    public void close() {
        state.close();
    }

    @Override
    public void release() {
        Undo.attempt(runs::close);
    }
}
