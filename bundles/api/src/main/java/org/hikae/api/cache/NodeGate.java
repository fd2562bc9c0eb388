package org.hikae.api.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a node lets cache control do with it. The calls of one barrier come in the order flush, commit, hold, drain, flush,
 * commit, settle, enter, release; each on all nodes before the next. Thread-safe; one barrier at a time.
 */
@ProviderType
public interface NodeGate {

    String name();

    long incarnation();

    /** The folder of the node's temporary log medium (31). */
    Path temporaryLog();

    /** Writes dirty data of the disk out; writers may go on meanwhile. */
    void flush(String disk) throws IOException;

    /** Bytes of the disk that are dirty in the node's cache. */
    long dirtyBytes(String disk);

    /** What the manager's own node does: the metadata of the disk's file system is committed and forced (R4). Else nothing. */
    void commit(String disk) throws IOException;

    /**
     * Closes the door too, for as long as the hold lasts, and waits until nothing is in flight below the cache: whatever was
     * dirty has been written, so nobody waits for long. Asked again after the instant, it tells whether all was closed until
     * then.
     *
     * @return false if the hold ended by its limit meanwhile
     */
    boolean settle(String disk);

    /**
     * The node has these leases from now on. Called while cache control serves the node's own request, before anything of
     * the file is called back; returns at once.
     */
    void granted(CachedFile file, List<Lease> leases);

    /**
     * Another node needs pages. When this returns, no operation that relied on a lease in conflict is in progress, what was
     * dirty of these pages is on the disk, and the node's leases on them are reduced: to shared ones, with what is cached kept
     * clean, if shared ones are wanted; to none, with what was cached dropped, if an exclusive one is (R15).
     *
     * @param needed what must be given up
     * @param wished pages around it that may be given up too, where the node has nothing cached that would have to be written
     *     or dropped first; contains {@code needed}
     * @return the ranges within {@code wished} that were reduced, {@code needed} among them
     * @throws org.hikae.api.node.NodeGoneException if the node is gone; its leases are waited for until it is dismissed or lost
     * @throws IOException if something dirty could not be written; the node keeps its lease, and the dirty data
     */
    List<PageRange> recall(CachedFile file, PageRange needed, PageRange wished, LeaseMode wanted) throws IOException;

    /** What the node has leases on, with what it has cached of it; of all disks if null. */
    List<CachedRegion> cached(String disk);

    /**
     * Holds new writes to the disk, above the cache, until {@link #release} or until the limit has passed, whichever
     * comes first: a node never depends on its manager to go on.
     */
    void hold(String disk, Duration limit);

    /**
     * Waits until no write that was let in before the hold is in flight. Such a write is never held (R4).
     *
     * @return false if the hold ended by its limit meanwhile
     */
    boolean drain(String disk);

    /**
     * Puts the session in force for every write to its disk that is let in from now on.
     *
     * @return false, and nothing was done, if the disk's hold ended by its limit
     * @throws IOException if the session refuses the node
     */
    boolean enter(LogSession session) throws IOException;

    /** Lets held writes go. Does nothing if there is no hold. */
    void release(String disk);

    /** Takes the session out of force, waits for the writes under it, and says how its log ended on this node. */
    LogReceipt leave(LogSession session);

    /**
     * As {@link #leave}, of a node that is lost and was fenced off: what it alone had of the log is lost with it (R9, R16).
     */
    LogReceipt lost(LogSession session);
}
