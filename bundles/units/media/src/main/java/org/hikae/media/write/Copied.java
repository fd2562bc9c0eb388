package org.hikae.media.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.Frame;
import org.hikae.media.index.IndexWriter;
import org.hikae.media.index.MergedSpans;
import org.hikae.media.index.SpanSource;

/** What all block writers have written, one after the other: their objects and frames are numbered in this order. */
record Copied(List<PackedBlockWriter> writers) {

    boolean isComplete() {
        return writers.stream().allMatch(PackedBlockWriter::isComplete);
    }

    List<ObjectRef> objects() {
        List<ObjectRef> objects = new ArrayList<>();
        writers.forEach(writer -> objects.addAll(writer.segments().written()));
        return objects;
    }

    /** Number of frames. */
    int frames() {
        int frames = 0;
        for (PackedBlockWriter writer : writers) {
            frames = Math.addExact(frames, writer.segments().frames().count());
        }
        return frames;
    }

    void addFramesTo(IndexWriter index) throws IOException {
        int firstObject = 0;
        for (PackedBlockWriter writer : writers) {
            addFrames(writer.segments(), firstObject, index);
            firstObject += writer.segments().written().size();
        }
    }

    /** @param firstObject number that the first object has in the index */
    static void addFrames(Segments segments, int firstObject, IndexWriter index) throws IOException {
        segments.frames()
                .forEach(frame -> index.addFrame(new Frame(
                        firstObject + frame.object(),
                        frame.offset(),
                        frame.length(),
                        frame.checksum(),
                        frame.blocks())));
    }

    /** Where the blocks are. */
    SpanSource spans() throws IOException {
        List<SpanSource> sources = new ArrayList<>();
        int firstFrame = 0;
        for (PackedBlockWriter writer : writers) {
            sources.add(writer.runs().sorted().after(firstFrame));
            firstFrame += writer.segments().frames().count();
        }
        return new MergedSpans(sources);
    }
}
