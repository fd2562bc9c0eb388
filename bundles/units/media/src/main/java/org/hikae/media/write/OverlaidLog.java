package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.media.index.Frame;
import org.hikae.media.read.LogFrames;

/** Lays a log of frames over an image (a.6), frame by frame: each block is in a log once, so their order is of no matter. */
final class OverlaidLog {

    private final WrittenLog log;
    private final Extent extent;
    private final PlacedImage image;
    private final BlockScan scan;
    /** The object that is being read, and its number. */
    private ObjectReader reader;

    private int number = -1;

    OverlaidLog(WrittenLog log, Extent extent, PlacedImage image) {
        this.log = log;
        this.extent = extent;
        this.image = image;
        this.scan = new BlockScan(extent.blockSize());
    }

    /** @throws IOException if the log is not what was written, or anything cannot be read or written */
    void layOver() throws IOException {
        try (LogFrames frames = new LogFrames(extent.blockSize(), extent.blockCount())) {
            log.sink().frames(frame -> frames.read(open(frame), frame, this::lay));
        } finally {
            close();
        }
    }

    private void lay(BlockRun run, ByteBuffer data) throws IOException {
        if (data == null) {
            Patiently.run(log.patience(), () -> image.clear(run));
        } else {
            extent.split(run, data, this::write);
        }
    }

    /** The log was given room once, and its blocks may need some again where nothing was copied. */
    private void write(BlockRun run, ByteBuffer data) throws IOException {
        Patiently.run(log.patience(), () -> image.copy(run, data, scan));
    }

    private ObjectReader open(Frame frame) throws IOException {
        if (frame.object() != number) {
            close();
            reader = log.medium()
                    .objects()
                    .open(log.sink().objects().get(frame.object()).name());
            number = frame.object();
        }
        return reader;
    }

    private void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
