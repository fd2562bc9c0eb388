package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.media.GenerationInfo;

/** Where a generation is restored to. */
interface RestoreTarget {

    /** Opens the target for a generation; the caller ends with {@link Opened#finish} or {@link Opened#close}. */
    Opened open(GenerationInfo generation) throws IOException;

    /** A target that is being written. */
    interface Opened extends AutoCloseable {

        BlockDevice device();

        /** Whether the device holds nothing but zeros so far. */
        boolean isZero();

        /** Makes what was written durable, and the target whole. */
        void finish() throws IOException;

        /** Ends the restore; a new file that was not finished is gone. */
        @Override
        void close() throws IOException;
    }
}
