package org.hikae.api.media.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes one object of a fixed length, at any place and as often as wanted. What was not written reads as zeros and takes no
 * space where the medium can. Thread-safe; where two writes of the same bytes overlap in time the outcome is either's.
 */
@ConsumerType
public interface PlacedWriter extends Closeable {

    /** Length of the object in bytes. */
    long length();

    /**
     * Writes the buffer from its position to its limit; it may be reused when this returns. What a full medium did not take is
     * left in the buffer, from its position on, and may be tried again.
     *
     * @param position bytes from the beginning; what is written ends within the object
     * @throws MediumFullException if there is no space and the driver can tell
     * @throws IOException if it cannot be written
     */
    void write(ByteBuffer src, long position) throws IOException;

    /**
     * Makes a range read as zeros.
     *
     * @param position bytes from the beginning
     * @param length bytes; the range ends within the object
     * @throws IOException as {@link #write}
     */
    void zero(long position, long length) throws IOException;

    /**
     * Fills the buffer, from its position to its limit, with what was written from {@code position} on.
     *
     * @throws IOException if it cannot be read
     */
    void read(ByteBuffer dst, long position) throws IOException;

    /** As {@link ObjectWriter#commit}. */
    void commit() throws IOException;

    /** As {@link ObjectWriter#close}. */
    @Override
    void close() throws IOException;
}
