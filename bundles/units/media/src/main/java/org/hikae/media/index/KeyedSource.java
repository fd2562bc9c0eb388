package org.hikae.media.index;

import java.io.IOException;

/** Records, one after the other. */
@FunctionalInterface
public interface KeyedSource {

    /** The next record; null if there is none. */
    Keyed next() throws IOException;
}
