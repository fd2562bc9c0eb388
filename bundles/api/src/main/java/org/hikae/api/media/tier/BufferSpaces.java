package org.hikae.api.media.tier;

import java.io.IOException;
import org.hikae.api.media.spi.PlacedWriter;
import org.osgi.annotation.versioning.ProviderType;

/** Room on backup media for what is read from a second tier (c.3). Thread-safe. */
@ProviderType
public interface BufferSpaces {

    /**
     * Opens room on a medium. Nothing of it survives {@link PlacedWriter#close}, or the process. It does not keep the medium
     * from being removed: then reads and writes fail.
     *
     * @param medium name of one with {@link org.hikae.api.media.spi.Medium.Capability#OVERWRITE}
     * @param bytes of the room
     * @throws IOException if there is no such medium, or it cannot be used or overwritten
     */
    PlacedWriter open(String medium, long bytes) throws IOException;

    /**
     * The first medium by name that can be used for this; null if there is none.
     *
     * @throws IOException if it is not known which media there are
     */
    String usual() throws IOException;
}
