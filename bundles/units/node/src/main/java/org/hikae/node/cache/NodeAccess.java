package org.hikae.node.cache;

import java.io.IOException;
import java.util.List;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.node.NodeGoneException;

/** What the files of a cache have of their node and disk. Thread-safe. */
public interface NodeAccess {

    /** Name of the node. */
    String name();

    /** Asks for leases; {@link CoherentFile#granted} was called when it returns. */
    void acquire(CachedFile file, List<Lease> needs) throws IOException;

    /** Gives up all leases on a file. */
    void release(CachedFile file);

    /** Whether the node is gone: nothing that it says counts any more. */
    boolean isGone();

    /** @throws NodeGoneException if nobody may read any more */
    void check() throws NodeGoneException;

    /**
     * Lets a change begin; waits while a backup makes its instant (R4). Called before anything else that others may wait
     * for.
     *
     * @throws NodeGoneException if nobody may change anything any more
     */
    Inside enter() throws NodeGoneException;

    /**
     * Lets the manager be told something. Nothing is held here; but a node that is lost is let in no more.
     *
     * @throws NodeGoneException if the node is gone
     */
    Inside enterManager() throws NodeGoneException;

    /** A change that was let in. */
    @FunctionalInterface
    interface Inside extends AutoCloseable {
        @Override
        void close();
    }
}
