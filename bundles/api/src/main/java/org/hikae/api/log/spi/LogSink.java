package org.hikae.api.log.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the records that a log keeps, each block at most once, and writes them where the log is kept (a.7: every record
 * carries its disk, address, length and number). Not thread-safe: one thread at a time.
 */
@ProviderType
public interface LogSink extends Closeable {

    /**
     * Writes a record, or a piece of one of which other pieces are left out.
     *
     * @param number the record's number in the session, 1 or more: larger than that of the record before, the same for pieces
     *     of one record
     * @param data contents of the blocks, read from position to limit; may be reused afterwards
     * @throws IOException if it cannot be written: the log is not complete, and cannot be completed any more
     */
    void put(long number, BlockRun run, ByteBuffer data) throws IOException;

    /** Makes everything that was put durable. Called once, last, before {@link #close}. */
    void complete() throws IOException;

    /** Releases the sink; a log that was not completed is dropped. Idempotent. */
    @Override
    void close();
}
