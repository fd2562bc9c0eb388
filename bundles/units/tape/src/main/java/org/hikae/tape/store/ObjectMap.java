package org.hikae.tape.store;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Where objects lie, for those who read them. Thread-safe. */
public interface ObjectMap {

    /**
     * The whole copies of an object, the best to be read first: proven ones on cartridges that are in a library, and so on.
     *
     * @throws IOException if what is known cannot be read
     */
    List<Copy> copies(UUID medium, String name) throws IOException;

    /** The barcode of a volume. */
    String barcode(UUID volume) throws IOException;

    /** Remembers that a copy could not be read as it was written, and why. */
    void doubt(long copy, String why) throws IOException;
}
