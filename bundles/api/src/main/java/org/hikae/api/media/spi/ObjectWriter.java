package org.hikae.api.media.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Writes one object, from beginning to end. Used by one thread at a time. */
@ConsumerType
public interface ObjectWriter extends Closeable {

    /**
     * Appends the buffer from its position to its limit; the buffer may be reused when this returns. After an exception
     * the writer can only be closed, but for {@link MediumFullException}: what the medium did not take is left in the buffer,
     * from its position on, and may be tried again.
     *
     * @throws MediumFullException if there is no space and the driver can tell
     * @throws IOException if it cannot be written
     */
    void write(ByteBuffer src) throws IOException;

    /** Bytes written so far. */
    long length();

    /**
     * Makes the object durable and then, by one atomic step that is durable too when this returns, visible. No write
     * follows.
     *
     * @throws MediumFullException if there is no space and the driver can tell; it may be tried again
     * @throws IOException if it fails; the object is not there then
     */
    void commit() throws IOException;

    /** Ends the writer; an object that was not committed vanishes. Idempotent. */
    @Override
    void close() throws IOException;
}
