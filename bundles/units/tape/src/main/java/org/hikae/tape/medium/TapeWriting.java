package org.hikae.tape.medium;

import java.io.IOException;
import java.util.UUID;
import org.hikae.api.media.spi.ObjectWriter;

/** Writes objects to tape as they come, several at a time. Thread-safe. */
public interface TapeWriting {

    /**
     * Begins an object. What is written streams to a cartridge of the pool; it is durable and listed when it is committed.
     *
     * @param medium id of the medium
     * @param mediumName name of that medium, by which people find it again
     * @param name of the object, which is not on tape yet
     * @param pool of cartridges
     * @param library name of the library that is written in; null: any
     * @throws org.hikae.api.media.spi.MediumFullException if no cartridge can take more; says what to do
     * @throws IOException if it cannot be written
     */
    ObjectWriter create(UUID medium, String mediumName, String name, String pool, String library) throws IOException;
}
