package org.hikae.media.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.Seal;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectHeader;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.FrameList;
import org.hikae.media.index.IndexWriter;
import org.hikae.media.index.MergedSpans;
import org.hikae.media.index.Overlay;
import org.hikae.media.index.RunSorter;
import org.hikae.media.index.SpanSource;

/** What all block writers have written, one after the other: their objects and frames are numbered in this order. */
final class PackedCopy implements Copied {

    private final Run run;
    private final Liveness liveness;
    private final List<PackedBlockWriter> writers = new ArrayList<>();

    /** @param liveness throws if the generation is over */
    PackedCopy(Run run, Liveness liveness) {
        this.run = run;
        this.liveness = liveness;
    }

    @Override
    public BlockWriter openBlocks() {
        int number = writers.size();
        Segments segments = new Segments(
                run.medium().objects(),
                run.naming(ObjectHeader.Kind.DATA, number, sequence -> run.id().data(number, sequence)),
                new FrameList(run.scratch()),
                run.objectBytes(),
                false,
                Patience.NONE);
        PackedBlockWriter writer = new PackedBlockWriter(
                run.extent(), segments, new RunSorter(run.scratch()), new FrameEncoder(run.level()), liveness);
        writers.add(writer);
        return writer;
    }

    /** Frames are written once: what the log has is referred to instead of what was copied. */
    @Override
    public KeptLog openPlacedLog(Patience patience) {
        return null;
    }

    @Override
    public boolean isComplete() {
        return writers.stream().allMatch(PackedBlockWriter::isComplete);
    }

    @Override
    public void finish(Seal seal, WrittenLog log) {
        // Each writer has completed its objects.
    }

    @Override
    public boolean takesLog() {
        return false;
    }

    @Override
    public List<ObjectRef> objects() {
        List<ObjectRef> objects = new ArrayList<>();
        writers.forEach(writer -> objects.addAll(writer.segments().written()));
        return objects;
    }

    @Override
    public int frames() {
        int frames = 0;
        for (PackedBlockWriter writer : writers) {
            frames = Math.addExact(frames, writer.segments().frames().count());
        }
        return frames;
    }

    @Override
    public void addFramesTo(IndexWriter index) throws IOException {
        int objects = 0;
        for (PackedBlockWriter writer : writers) {
            int firstObject = objects;
            writer.segments().frames().forEach(frame -> index.addFrame(frame.after(firstObject)));
            objects += writer.segments().written().size();
        }
    }

    @Override
    public SpanSource spans() throws IOException {
        List<SpanSource> sources = new ArrayList<>();
        int firstFrame = 0;
        for (PackedBlockWriter writer : writers) {
            sources.add(writer.runs().sorted().after(firstFrame));
            firstFrame += writer.segments().frames().count();
        }
        return new MergedSpans(sources);
    }

    @Override
    public Overlay.Sink sink(IndexWriter index) {
        return index::addRun;
    }

    @Override
    public Manifest.Image image() {
        return null;
    }

    @Override
    public void close() {
        writers.forEach(writer -> Undo.attempt(writer::close));
    }

    @Override
    public void release() {
        for (PackedBlockWriter writer : writers) {
            Undo.attempt(writer.runs()::close);
            Undo.attempt(writer.segments().frames()::close);
        }
    }
}
