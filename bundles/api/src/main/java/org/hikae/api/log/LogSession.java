package org.hikae.api.log;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The before-image log of one backup of one disk (26), from before its instant T0 until it is sealed or dropped.
 * Thread-safe.
 */
@ProviderType
public interface LogSession extends AutoCloseable {

    /** Name of the disk. */
    String disk();

    /**
     * Opens the log of one incarnation of a node.
     *
     * @throws IOException if the session has failed or ended
     */
    NodeLog join(LoggingNode node) throws IOException;

    /**
     * The disk as it will be at T0, for reading there which blocks are wanted (R3). Called before T0, once at most, while
     * the session wants all blocks; read after T0. From T0 until it is closed every before-image is kept at hand too.
     *
     * @param device the disk, read-only; closed with the view, or at once if there is none
     * @throws IOException if there is no room for before-images
     */
    BlockDevice viewInstant(BlockDevice device) throws IOException;

    /** Wants fewer blocks from now on: what the backup found at T0. Before anything is copied. */
    void narrow(BlockSet wanted);

    /**
     * The blocks of the run that must be copied: those that the log has need not be, where it is kept on the backup medium
     * (a.4); else all. Asked before they are read.
     */
    List<BlockRun> toCopy(BlockRun run);

    /**
     * Says that the blocks were read from the disk and that what was read survives the loss of its reader: their
     * before-images are needed no more, and they are never read again (R7).
     */
    void copied(BlockRun run);

    /**
     * Ends the log once every node has left: gathers what the nodes hold, oldest first, and makes it durable where it
     * is kept.
     *
     * @param receipts one of every incarnation that joined; without it, or with an unlogged write in it, the log is
     *     not complete (R9)
     * @throws IOException if the log is not complete; the generation must be dropped
     */
    LogSummary complete(List<LogReceipt> receipts) throws IOException;

    /**
     * Makes the session fail: nodes stop logging, writers go on, {@link #complete} throws with this reason. The first
     * reason stays.
     */
    void fail(String reason, Throwable cause);

    /** @throws IOException with the reason, if the session has failed: the backup cannot come to a good end */
    void check() throws IOException;

    /** Releases what the session holds; one that was not completed is dropped. Idempotent. */
    @Override
    void close();
}
