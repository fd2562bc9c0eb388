package org.hikae.api.disk;

import org.hikae.api.block.BlockSet;

/** What change tracking knows of some span of time. */
public sealed interface Changes {

    /** These blocks may have changed, and no others have. */
    record Known(BlockSet blocks) implements Changes {}

    /**
     * It cannot be told: everything may have changed.
     *
     * @param reason why, in a sentence without a full stop
     */
    record Unknown(String reason) implements Changes {}
}
