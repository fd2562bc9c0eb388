package org.hikae.api.node;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A computer (11) that reads and writes the shared disks. Thread-safe.
 *
 * <p>The device that {@link #open} returns is the one door to a shared disk: every write passes, in this order, the
 * change tracker, the before-image logs of the backups under way, and the disk.
 */
@ProviderType
public interface Node {

    String name();

    /** Another at each start of a node: what an earlier incarnation said does not bind this one. */
    long incarnation();

    /**
     * The node's coherent view of a shared disk as a whole, with its write cache: a read sees the last completed write of any node (I4). While a backup
     * makes its instant, writes wait for a moment; they never fail because of a backup.
     *
     * @throws IOException if there is no such disk or it cannot be opened, or the node was removed
     */
    BlockDevice open(String disk) throws IOException;

    /**
     * The node's access to the files of a shared file system, as the Java platform's own. All nodes see the same files, and
     * each other's completed writes (I4). Names that are not text appear as {@link org.hikae.api.fs.FileName} writes them.
     * Whoever opened it closes it; what was written is written out within seconds then, and durable after {@link #flush}.
     *
     * @throws IOException if there is no such disk, or it has no such file system, or is written as a whole
     */
    java.nio.file.FileSystem fileSystem(String disk) throws IOException;

    /**
     * A read-only device for one copying worker of this node ({@link org.hikae.api.disk.Disk#openForCopy}).
     *
     * @throws IOException if there is no such disk or it cannot be opened, or the node was removed; reads throw
     *     {@link NodeGoneException} once it was
     */
    BlockDevice openForCopy(String disk) throws IOException;

    /**
     * Asks whether copying workers can still read through the node. Quick; waits for nobody.
     *
     * @throws NodeGoneException if it was removed or lost
     */
    void check() throws NodeGoneException;

    /**
     * Makes every write that returned on this node durable on its disk.
     *
     * @throws IOException if a disk fails; the other disks are flushed all the same
     */
    void flush() throws IOException;

    /** What this node has done since its start. */
    NodeStatistics statistics();
}
