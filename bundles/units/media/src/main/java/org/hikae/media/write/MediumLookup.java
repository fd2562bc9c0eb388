package org.hikae.media.write;

import java.io.IOException;
import org.hikae.media.medium.UsableMedium;

/** Finds media by name. */
@FunctionalInterface
public interface MediumLookup {

    /** @throws IOException if there is no such medium, or it cannot be used; says why */
    UsableMedium get(String name) throws IOException;
}
