package org.hikae.media.write;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.media.Seal;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.IndexWriter;
import org.hikae.media.index.Overlay;
import org.hikae.media.index.SpanSource;

/** What is copied for a generation in the making, in one layout. Not thread-safe, but for the writers. */
interface Copied extends Closeable {

    /** A writer for one more worker. */
    BlockWriter openBlocks() throws IOException;

    /** A log that has its blocks at their places here; null if it has frames of its own in this layout. */
    KeptLog openPlacedLog(Patience patience) throws IOException;

    /** Whether all writers have completed. */
    boolean isComplete();

    /**
     * Brings what was copied into its last form, durably; all writers and the log have completed.
     *
     * @param log null if there is none
     */
    void finish(Seal seal, WrittenLog log) throws IOException;

    /** Whether the blocks of a log that is laid over are here too by now. */
    boolean takesLog();

    /** The objects, by the numbers that the index gives them. */
    List<ObjectRef> objects();

    /** Number of frames. */
    int frames();

    void addFramesTo(IndexWriter index) throws IOException;

    /** Where the blocks are. */
    SpanSource spans() throws IOException;

    /** Takes the spans, whether from {@link #spans} or from a log that is here, for an index, in ascending order. */
    Overlay.Sink sink(IndexWriter index);

    /** What the manifest says of it; null if it is no image. */
    Manifest.Image image();

    /** Ends the writers, and drops what is no object yet. Idempotent. */
    @Override
    void close() throws IOException;

    /** Releases what the sealing needed. */
    void release();
}
