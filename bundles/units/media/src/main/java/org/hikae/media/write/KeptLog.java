package org.hikae.media.write;

import java.io.IOException;
import java.util.List;
import org.hikae.api.log.spi.LogSink;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.index.FrameList;
import org.hikae.media.index.RunSorter;

/** The log of a generation in the making, and what is to be known of it when that is sealed. */
interface KeptLog extends LogSink {

    boolean isComplete();

    /** Where its blocks are. */
    RunSorter runs();

    /** Number of records. */
    long records();

    /** The objects that it lies in, which are complete; empty if it has none of its own. */
    List<ObjectRef> objects();

    /** Hands over the frames in these objects, in their order. */
    void frames(FrameList.Consumer consumer) throws IOException;

    /** Releases what the sealing needed. */
    void release();
}
