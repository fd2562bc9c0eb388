package org.hikae.cache;

import java.time.Duration;

/**
 * After what time a node that is silent writes no more, though no fence reaches it (R16).
 *
 * @param expiry a node that cannot reach cache control stops by itself within this time
 * @param drift by how much its clock may be slow over this time
 * @param longestIo how long a write that it has begun may be on its way to the disk
 */
record SilenceBound(Duration expiry, Duration drift, Duration longestIo) {

    Duration total() {
        return expiry.plus(drift).plus(longestIo);
    }
}
