package org.hikae.api.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.osgi.annotation.versioning.ProviderType;

/** A node's side of a log session. Thread-safe. */
@ProviderType
public interface NodeLog {

    /**
     * The blocks of the run whose before-images must be logged before they are overwritten: wanted by the backup, not
     * known to be copied, not known to be logged. Empty once the session has failed.
     */
    List<BlockRun> missing(BlockRun run);

    /**
     * Logs before-images. On return the blocks may be overwritten: the record has its number, taken after the data was
     * read (R6), and is held where the loss of this node does not lose it, or in the node's own log.
     *
     * @param run the blocks; at most {@link #MAX_RECORD_BYTES} in all
     * @param data their contents before the write, {@code run.count()} times the block size; a block that the end of
     *     the device cuts short is filled up with zeros. Read from position to limit; may be reused afterwards.
     * @throws IOException if the record could not be logged; the write may go on after {@link #unlogged}
     */
    void append(BlockRun run, ByteBuffer data) throws IOException;

    /**
     * Says that a block will be overwritten without its before-image: the session fails, so that the guest's write
     * need not (R9).
     */
    void unlogged(BlockRun run, Throwable cause);

    /** Ends this node's log. No append follows. Idempotent. */
    LogReceipt complete();

    /** The largest record's data, in bytes. */
    int MAX_RECORD_BYTES = 1 << 20;
}
