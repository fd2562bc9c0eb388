package org.hikae.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.job.Progress;
import org.hikae.api.media.BlockWriter;
import org.hikae.io.Buffers;

/** Reads parts of a generation and writes them to the target, until there are none. */
final class RestoreWorker implements Workers.Work {

    private final RestoreCopy copy;
    private final DeviceChunks chunks;
    private final RateLimit limit;
    private final Tally tally;
    private final Progress progress;

    RestoreWorker(RestoreCopy copy, DeviceChunks chunks, RateLimit limit, Tally tally, Progress progress) {
        this.copy = copy;
        this.chunks = chunks;
        this.limit = limit;
        this.tally = tally;
        this.progress = progress;
    }

    @Override
    public void run(Workers.Stop stop) throws IOException {
        ByteBuffer buffer = Buffers.allocate(BlockWriter.FRAME_BYTES);
        for (DeviceChunks.Part part = next(stop); part != null && !stop.stopped(); part = next(stop)) {
            limit.pass(part.zero() ? 0 : part.length(), () -> {
                stop.check();
                progress.check();
                return true;
            });
            if (part.zero()) {
                zero(part.offset(), part.length());
            } else {
                restore(part, buffer);
            }
            progress.advance(part.length());
        }
    }

    private DeviceChunks.Part next(Workers.Stop stop) throws IOException {
        progress.pass(stop::check);
        return chunks.next(copy.source());
    }

    /** The part is read whole, since it is one frame; only its data is written, so that holes stay holes. */
    private void restore(DeviceChunks.Part part, ByteBuffer buffer) throws IOException {
        BlockDevice source = copy.source();
        buffer.clear().limit((int) part.length());
        source.read(buffer, part.offset());
        long end = part.offset() + part.length();
        long from = part.offset();
        while (from < end) {
            long data = Math.min(end, source.nextData(from));
            if (data > from) {
                zero(from, data - from);
            }
            long hole = data < end ? Math.min(end, source.nextHole(data)) : end;
            if (hole > data) {
                buffer.limit((int) (hole - part.offset())).position((int) (data - part.offset()));
                copy.target().write(buffer, data);
                tally.read.add(hole - data);
            }
            from = hole;
        }
    }

    private void zero(long offset, long length) throws IOException {
        tally.zero.add(length);
        if (!copy.targetIsZero()) {
            copy.target().zero(offset, length);
        }
    }
}
