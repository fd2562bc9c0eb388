package org.hikae.files.client.buffer;

import java.io.IOException;
import java.nio.file.Path;

/** Room in the buffer area for a run that is being made. */
@FunctionalInterface
public interface Room {

    /**
     * Takes room, or waits for it.
     *
     * @throws BufferFullException if there is none
     * @throws IOException if this cannot be found out
     */
    void take(long bytes) throws IOException;

    /** Decides what to do when there is none. */
    @FunctionalInterface
    interface Waiting {

        /**
         * Waits a while, or gives up.
         *
         * @param why there is no room
         * @throws BufferFullException if it is not waited for
         */
        void await(Path buffer, String why, Pause pause) throws IOException;
    }

    /** Waits until there may be room, or that time has passed. */
    @FunctionalInterface
    interface Pause {
        void await(long millis) throws InterruptedException;
    }
}
