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
            new LogPass(parts, scratch, progress, Pieces.NONE).run();
            return write(parts, device, scratch, progress);
        } finally {
            pool.give(scratch);
        }
    }

    /** What was checked is checked again as it is read, for it may have been changed meanwhile. */
    private static Replayed write(List<LogPart> parts, FileDevice device, Scratch scratch, Progress progress)
            throws IOException {
        ObjectHeader header = parts.get(0).header();
        progress.phase("writing");
        ImageWriter writer = new ImageWriter(device, header.size(), header.blockSize());
        long records = new LogPass(parts, scratch, progress, writer).run();
        progress.phase("flushing");
        writer.complete();
        return new Replayed(header.generation(), header.diskId(), records, writer.bytes(), header.marksEnd());
    }

    @Override
    public void close() {
        pool.close();
    }
}
