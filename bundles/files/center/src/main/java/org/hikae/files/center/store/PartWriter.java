package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Receives frames of a run into one object (e.3). Used by one thread at a time. Closed before {@link #commit}: nothing of it was there. */
public interface PartWriter extends Closeable {

    /** Number of the frame that comes next. */
    long next();

    /**
     * Takes a frame. If it is not one, nothing of it is in the part, and the part can be committed with what came before, or closed.
     *
     * @param stored header and payload as they were received, from the position to the limit; may be reused when this returns
     * @throws RefusedFrameException if it is damaged, not the next one, or makes no sense after what came before; says why
     * @throws org.hikae.api.media.spi.MediumFullException if there is no space
     * @throws IOException if it cannot be written; the part can only be closed then
     */
    void write(ByteBuffer stored) throws IOException;

    /** Whether it is time to commit: the part has its size, or the run's last frame, or the next frames are here already. */
    boolean isFull();

    /** Bytes of the frames taken. */
    long bytes();

    /**
     * Makes the part durable on the medium and enters it in the tables: then the receipt may be given (R23). A part without a frame
     * is given up, and the receipt says what was durable before. Once it has thrown, nothing is known; {@link CenterStore#stored}
     * tells, or the writer that is opened next.
     *
     * @throws MissingReferenceException if a file refers to content that is not here (R22): the client has to make a full run
     * @throws IOException if it cannot be written or entered
     */
    CenterStore.Stored commit() throws IOException;

    /** Ends the writer. Idempotent. */
    @Override
    void close() throws IOException;
}
