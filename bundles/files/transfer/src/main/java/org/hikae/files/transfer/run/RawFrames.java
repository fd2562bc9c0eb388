package org.hikae.files.transfer.run;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a {@link RunWriter} leaves frames. */
@FunctionalInterface
public interface RawFrames {
    /**
     * Takes the next frame.
     *
     * @param number from 0 on, one after the other
     * @param raw the packed items; after the call it belongs to the caller again
     * @throws IOException if it cannot be kept: the run is of no use then
     */
    void frame(long number, ByteBuffer raw) throws IOException;
}
