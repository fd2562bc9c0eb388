package org.hikae.media.medium;

import java.io.IOException;
import java.util.List;

/** The media, for those who keep generations on them. Thread-safe. */
public interface MediaAccess {

    /**
     * The medium of that name.
     *
     * @throws IOException if there is none, or it cannot be used; says why, and what to do
     */
    UsableMedium open(String name) throws IOException;

    /** The names of all configured media, those that cannot be used too. */
    List<String> names() throws IOException;
}
