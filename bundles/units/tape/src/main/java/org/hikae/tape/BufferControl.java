package org.hikae.tape;

import java.io.IOException;
import java.time.Duration;
import org.hikae.api.tape.BufferStatus;

/** The buffer in front of the tapes. Thread-safe. */
interface BufferControl {

    /**
     * Moves the buffer; what was in the old one is forgotten.
     *
     * @param medium a name, or as {@link org.hikae.tape.home.Settings} has it
     * @param bytes of the room
     * @throws IOException if there is no such medium, or it cannot be used for that; then all is as it was
     */
    void choose(String medium, long bytes) throws IOException;

    /** How it stands. */
    BufferStatus status(Duration patience);
}
