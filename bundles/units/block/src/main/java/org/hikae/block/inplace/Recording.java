package org.hikae.block.inplace;

import java.io.IOException;
import java.util.function.Supplier;
import org.hikae.api.block.BlockSet;

/** What makes durable which blocks are on the disk. Thread-safe. */
interface Recording {

    /**
     * Called before anything is written to the disk: makes durable that the mount cannot be undone any more. Quick but for the
     * first time.
     *
     * @throws IOException if that cannot be; then nothing must be written
     */
    void touch() throws IOException;

    /**
     * Makes durable that blocks are on the disk, whose data is. One caller at a time.
     *
     * @param blocks those that are new
     * @param all these and all that were recorded before
     * @throws IOException if it cannot be; it is not known then whether they are recorded
     */
    void record(BlockSet blocks, Supplier<BlockSet> all) throws IOException;
}
