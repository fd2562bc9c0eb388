package org.hikae.files.transfer.run;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** A sealed run: each time it is read it has the same frames. Thread-safe. */
public interface FrameSource {
    /** Number of frames, at least 2. */
    long frames();

    /**
     * The frames from one on, one after the other as {@link StoredFrame}s have them, without anything between them.
     *
     * @param from 0 to {@link #frames}; then there are none
     * @throws IOException if the run is not there any more, or cannot be read
     */
    ReadableByteChannel open(long from) throws IOException;
}
