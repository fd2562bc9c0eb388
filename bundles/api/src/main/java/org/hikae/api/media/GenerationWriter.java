package org.hikae.api.media;

import java.io.Closeable;
import java.io.IOException;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
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
     * Begins the meta information of the group's files. Called once, for a generation whose meta information is that of a group
     * ({@link org.hikae.api.group.Meta#GROUP}); it is complete when the generation is sealed.
     */
    MetaWriter openMeta() throws IOException;

    /**
     * Opens the generation's log. Called once at most, before anything is copied.
     *
     * @param medium name of the medium to keep a {@link LogPlace#SEPARATE} log on; null: the generation's own, as for all others
     * @param patience asked when that medium is full
     * @throws IOException if it cannot be kept there; the message says why
     */
    LogSink openLog(LogPlace place, String medium, Patience patience) throws IOException;

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
