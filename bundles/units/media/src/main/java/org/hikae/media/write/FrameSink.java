package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes frames, one after the other. */
public interface FrameSink {

    /**
     * @param head the frame's bytes from its start on
     * @param rest those that follow; may be empty
     * @param blocks number of blocks in the frame
     */
    void put(ByteBuffer head, ByteBuffer rest, int checksum, int blocks) throws IOException;
}
