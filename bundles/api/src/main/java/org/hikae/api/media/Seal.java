package org.hikae.api.media;

import java.time.Instant;
import org.hikae.api.block.BlockSet;

/**
 * What makes a generation complete.
 *
 * @param set the blocks that the generation answers for (R1)
 * @param instant T0
 * @param pauseNanos how long writers were held at T0, in nanoseconds
 */
public record Seal(BlockSet set, Instant instant, long pauseNanos) {}
