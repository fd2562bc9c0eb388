package org.hikae.block.tracking;

import org.hikae.api.block.BlockRun;

/** A record of the region log: in that epoch the regions may be written. Other logs have runs of something else. */
public record LogEntry(long epoch, BlockRun regions) {}
