package org.hikae.media.medium;

import java.io.IOException;
import java.util.UUID;
import org.hikae.api.media.spi.Medium;

/** A medium that is open, and this home's own. Its methods throw once its driver has gone. Thread-safe. */
public interface UsableMedium {

    /** The name by which users know it. */
    String name();

    /** The id that was written on it when it became a medium. */
    UUID id();

    /** Its objects, wherever they lie. */
    Medium objects();

    /** What lies on the medium itself, without what a second tier has of it. */
    Medium near();

    /** What a second tier has of it. */
    Copies copies();

    /**
     * Looks at the medium whether it is still this home's own (R19).
     *
     * @throws IOException if it belongs to another home by now, or is not there
     */
    void checkOwned() throws IOException;

    /**
     * Keeps the medium from being removed.
     *
     * @param reason what uses it
     */
    Use use(String reason) throws IOException;

    /** A use of the medium. Closing is idempotent. */
    interface Use extends AutoCloseable {
        @Override
        void close();
    }
}
