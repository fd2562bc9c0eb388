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
     * Logs before-images. On return the blocks may be overwritten: each run is a record, has its number, taken after the data was
     * read (R6), and is held where the loss of this node does not lose it, or in the node's own log.
     *
     * @param runs the blocks, in ascending runs that do not overlap; at most {@link #MAX_RECORD_BYTES} in all
     * @param data their contents before the write, one run after the other; a block that the end of the device cuts short is
     *     filled up with zeros. Read from position to limit; may be reused afterwards.
     * @throws IOException if the records could not be logged; the write may go on after {@link #unlogged}
     */
    void append(List<BlockRun> runs, ByteBuffer data) throws IOException;

    /**
     * Says that a block will be overwritten without its before-image: the session fails, so that the guest's write
     * need not (R9).
     */
    void unlogged(BlockRun run, Throwable cause);

    /** Ends this node's log. No append follows. Idempotent. */
    LogReceipt complete();

    /**
     * Ends the log of a node that is lost and can write no more (R16): what it alone has of the log is lost with it, and then
     * the log is not complete (R9). No append follows. Idempotent; as {@link #complete} if that was called before.
     */
    LogReceipt lost();

    /** The largest record's data, in bytes. */
    int MAX_RECORD_BYTES = 1 << 20;
}
