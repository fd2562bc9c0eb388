package org.hikae.api.media.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads one committed object. Thread-safe. */
@ConsumerType
public interface ObjectReader extends Closeable {

    /** Length of the object in bytes. */
    long length();

    /**
     * Fills the buffer, from its position to its limit, with the bytes from {@code position} on.
     *
     * @throws java.io.EOFException if the object ends before the buffer is full
     * @throws IOException if the bytes cannot be read
     */
    void read(ByteBuffer dst, long position) throws IOException;

    @Override
    void close() throws IOException;
}
