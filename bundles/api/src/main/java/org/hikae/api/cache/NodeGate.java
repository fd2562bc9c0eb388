package org.hikae.api.cache;

import java.io.IOException;
import java.time.Duration;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a node lets cache control do with it. The calls of one barrier come in the order flush, hold, drain, flush,
 * enter, release. Thread-safe; one barrier at a time.
 */
@ProviderType
public interface NodeGate {

    String name();

    long incarnation();

    /** Writes dirty data of the disk out; writers may go on meanwhile. */
    void flush(String disk) throws IOException;

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
}
