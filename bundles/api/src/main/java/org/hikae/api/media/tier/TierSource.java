package org.hikae.api.media.tier;

import java.io.IOException;
import java.util.UUID;
import org.hikae.api.media.spi.ObjectReader;

/**
 * An object to be copied.
 *
 * @param medium id of its medium
 * @param mediumName name of that medium, by which people find it again
 * @param name of the object
 * @param length bytes
 * @param opener opens it for reading
 */
public record TierSource(UUID medium, String mediumName, String name, long length, Opener opener) {

    /** Opens the object; the caller closes the reader. */
    @FunctionalInterface
    public interface Opener {

        /** @throws IOException if it is not there or cannot be opened */
        ObjectReader open() throws IOException;
    }
}
