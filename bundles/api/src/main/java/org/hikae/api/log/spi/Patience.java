package org.hikae.api.log.spi;

import java.io.IOException;

/** What is done about a log medium that is full: wait for room, or not. Thread-safe. */
@FunctionalInterface
public interface Patience {

    /** Waits for nothing. */
    Patience NONE = failure -> {
        throw failure;
    };

    /**
     * Returns when it is worth while to try once more.
     *
     * @param full why it could not be written
     * @throws IOException the same, if it was tried for long enough
     */
    void await(IOException full) throws IOException;
}
