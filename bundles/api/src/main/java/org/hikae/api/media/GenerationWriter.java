package org.hikae.api.media;

import java.io.Closeable;
import java.io.IOException;
import org.hikae.api.log.spi.LogSink;
import org.osgi.annotation.versioning.ProviderType;

/** An unsealed generation. Thread-safe. Closed without {@link #seal}, it leaves nothing behind but garbage. */
@ProviderType
public interface GenerationWriter extends Closeable {

    /** The id that the generation will have. */
    String id();

    GenerationRequest request();

    /** A writer of copied blocks, for one worker. */
    BlockWriter openBlocks() throws IOException;

    /**
     * Opens the generation's log. Called once at most.
     *
     * @param medium name of the medium to keep it on; null: the generation's own
     * @param laidOver true: the generation's index points at the log's records, which must lie on the generation's own
     *     medium (a.6); false: the log has an index of its own, and readers ask it first (a.5, c.5)
     * @throws IOException if it cannot be kept there
     */
    LogSink openLog(String medium, boolean laidOver) throws IOException;

    /**
     * Makes the generation durable and visible, by writing its manifest last. Every block writer and the log are
     * complete.
     *
     * @throws IOException if a wanted block is neither copied nor logged, or anything cannot be written; the
     *     generation is not there then
     */
    GenerationInfo seal(Seal seal) throws IOException;

    /** Drops the generation if it is not sealed. Idempotent. */
    @Override
    void close();
}
