package org.hikae.media.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.media.LogReplay;
import org.hikae.io.FileDevice;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.read.Scratch;

/** Lays a log over an image in two passes: the first finds out whether the log is whole, the second writes. Thread-safe. */
public final class Replay implements LogReplay, AutoCloseable {

    private final Scratch.Pool pool = Scratch.Pool.ofBatches();

    @Override
    public Replayed replay(List<Path> log, Path image, Progress progress) throws IOException {
        progress.phase("looking at the log");
        List<LogPart> parts = LogParts.of(log);
        progress.total(2 * parts.stream().mapToLong(LogPart::length).sum());
        Scratch scratch = pool.take();
        try (FileDevice device = Image.open(image, parts)) {
            progress.phase("checking the log");
            LogPass.Log checked = new LogPass(parts, scratch, progress, Pieces.NONE).run();
            return write(parts, checked, device, scratch, progress);
        } finally {
            pool.give(scratch);
        }
    }

    /** What was checked is checked again as it is read, for it may have been changed meanwhile. */
    private static Replayed write(
            List<LogPart> parts, LogPass.Log checked, FileDevice device, Scratch scratch, Progress progress)
            throws IOException {
        ObjectHeader header = parts.get(0).header();
        progress.phase("writing");
        ImageWriter writer = new ImageWriter(device, header.size(), header.blockSize());
        LogPass.Log written = new LogPass(parts, scratch, progress, writer).run();
        if (!written.equals(checked)) {
            throw new IOException(
                    "the log was changed while it was laid over the image, which has blocks of another log"
                            + " now; lay the right one over it when nobody writes to that");
        }
        progress.phase("flushing");
        writer.complete();
        return new Replayed(header.generation(), header.diskId(), written.records(), writer.bytes(), header.marksEnd());
    }

    @Override
    public void close() {
        pool.close();
    }
}
