package org.hikae.api.cache;

import java.io.IOException;
import java.util.List;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Cache control (21): knows the nodes, and brings them all to one instant (a.1, R4, R9). Thread-safe.
 *
 * <p>The sessions in force are kept here, so that a node that joins is admitted together with them.
 */
@ProviderType
public interface CacheControl {

    /**
     * Admits a node, with every session in force entered (R9); a session that does not take it fails. Until this
     * returned the node must not write.
     */
    void admit(NodeGate node);

    /**
     * Takes a node off that was closed to writes in good order. Its receipts for the sessions in force are kept until
     * {@link #end}. A node that cannot give one makes its sessions fail.
     */
    void dismiss(NodeGate node);

    /**
     * Makes T0: flushes while writers go on, holds new writes on every node, drains, flushes the rest, then as one step
     * enters the session on every node and calls {@code atT0}, and releases the writers. Tried again a few times if a
     * node's hold times out.
     *
     * @param atT0 run while nothing is in flight anywhere; quick. It runs again if the attempt comes to nothing, and
     *     its last run counts. If it throws, the session is on nowhere.
     * @throws IOException if a node could not be brought to the instant; the session is on nowhere then
     */
    Pause begin(Disk disk, LogSession session, Instantaneous atT0) throws IOException;

    /**
     * Brings all nodes to an instant without a session, for a mark (R5): as {@link #begin} otherwise.
     *
     * @throws IOException if a node could not be brought to the instant
     */
    Pause instant(Disk disk, Instantaneous atT0) throws IOException;

    /**
     * Ends the session on every node, draining the writes that were under it.
     *
     * @return what each incarnation that was ever under the session says of its log, those that left included
     */
    List<LogReceipt> end(LogSession session);

    /**
     * Gives a node leases on pages of a file, all at once. Whoever has others that conflict is called back first
     * ({@link NodeGate#recall}), so that its dirty data is on the disk (R15). Requests for a file are served one after the
     * other, in their order. Before this returns, {@link NodeGate#granted} was called, and nobody was asked to give up
     * anything of the file between the two.
     *
     * <p>What is granted may be more than what was asked for, if nobody else has it: a node that is alone with a file has all of
     * it, and asks no more.
     *
     * @param needs what the node needs, of one file; ranges do not overlap
     * @throws IOException if another node could not write out what it has; nothing was granted
     * @throws org.hikae.api.node.NodeGoneException if the node was dismissed or lost
     */
    void acquire(NodeGate node, CachedFile file, List<Lease> needs) throws IOException;

    /**
     * A node has nothing of a file any more, and gives up all its leases on it; returns at once. No request of the node for the
     * file is under way, and none begins before this returned: else it would give up what it is just getting.
     */
    void release(NodeGate node, CachedFile file);

    /**
     * A node is lost, with what it had not written out (R16): it is fenced off, then its leases pass to others. Without a
     * fence that reaches it, they pass after the time within which it stops by itself, and backups under way fail. Its requests
     * fail at once; returns when its leases have passed. What a fenced node says in {@link NodeGate#leave} counts.
     */
    void lost(NodeGate node);

    /** The cache table (a.1) of a disk, by node and file and offset; of all disks if null. */
    List<CachedRegion> table(String disk) throws IOException;

    /** What caches and leases have cost since the start. */
    CacheTraffic traffic();

    /**
     * Messages between nodes and cache control.
     *
     * @param requests leases asked for
     * @param recalls leases called back
     * @param releases files given up
     */
    record CacheTraffic(long requests, long recalls, long releases) {}

    /** What happens at the instant itself. */
    @FunctionalInterface
    interface Instantaneous {
        void run() throws IOException;
    }

    /**
     * How long writers were held.
     *
     * @param nanos from the first node's hold to the last node's release, in nanoseconds
     * @param nodes number of nodes held
     * @param tries number of attempts it took, 1 or more
     */
    record Pause(long nanos, int nodes, int tries) {}
}
