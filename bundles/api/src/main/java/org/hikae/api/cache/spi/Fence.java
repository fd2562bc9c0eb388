package org.hikae.api.cache.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to make sure that a node writes no more (R16): its power, reservations of the disk, the end of its process. A DS
 * service; all that are there are asked in turn, by their ranking. Thread-safe.
 */
@ConsumerType
public interface Fence {

    /**
     * Fences an incarnation of a node off from every shared disk. When it returns true, no write of it is in flight, and none
     * will ever reach a disk.
     *
     * @return false if this fence does not reach that node
     * @throws IOException if it reaches it, and it cannot be told whether it worked
     */
    boolean fence(String node, long incarnation) throws IOException;
}
