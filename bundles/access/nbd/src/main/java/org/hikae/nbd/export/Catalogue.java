package org.hikae.nbd.export;

import java.io.IOException;
import java.util.List;

/** The exports as clients see them. Thread-safe. */
public interface Catalogue {

    /**
     * An export that could be opened, perhaps.
     *
     * @param description what it is, for people
     */
    record Entry(String name, String description) {}

    /** All that can be found now. */
    List<Entry> list();

    /**
     * Opens an export.
     *
     * @throws IOException if there is none of that name, or it cannot be opened
     */
    Lease open(String name) throws IOException;
}
