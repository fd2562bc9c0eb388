package org.hikae.api.media;

import java.io.IOException;
import org.hikae.api.media.spi.Medium;
import org.osgi.annotation.versioning.ProviderType;

/** Areas of backup media for objects of others than media control (f.4): those whose names begin with the area's. Thread-safe. */
@ProviderType
public interface ObjectAreas {

    /**
     * Opens an area. Until it is closed the medium cannot be removed. What others commit in an area is never garbage to media control.
     *
     * @param medium name of the medium
     * @param area one part of a name; not one that media control uses itself
     * @return the medium, limited to objects whose names begin with {@code area/}; names are given whole. Objects that are only on the second tier are
     *     listed and opened too. Closing it does not close the medium
     * @throws IOException if there is no such medium, it cannot be used, or the area is media control's own
     */
    Medium open(String medium, String area) throws IOException;
}
