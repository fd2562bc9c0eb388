package org.hikae.api.media.tier;

import java.time.Instant;
import java.util.List;

/**
 * A copy of an object.
 *
 * @param length bytes of the object
 * @param cartridges barcodes of those that it lies on, in the order of its bytes
 * @param pool the pool that it was written to
 * @param written when it was committed
 * @param proven when it was read back and was right for the last time; null: never
 * @param problem why it cannot be relied upon; null if nothing is known
 */
public record TierCopy(
        long length, List<String> cartridges, String pool, Instant written, Instant proven, String problem) {

    /** Whether it was read back and nothing bad is known of it: the original need not be kept. */
    public boolean isProven() {
        return proven != null && problem == null;
    }
}
