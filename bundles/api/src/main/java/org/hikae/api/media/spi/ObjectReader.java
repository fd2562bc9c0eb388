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

    /**
     * Where what comes next may be other than zeros: what is passed over was never written ({@link PlacedWriter}). So a
     * sparse object is checked without reading its holes; a driver that cannot tell passes over nothing.
     *
     * @param position bytes from the beginning, 0 to the length
     * @return {@code position} or more; the length if there is nothing but zeros
     * @throws IOException if it cannot be read
     */
    default long nextData(long position) throws IOException {
        return position;
    }

    @Override
    void close() throws IOException;
}
