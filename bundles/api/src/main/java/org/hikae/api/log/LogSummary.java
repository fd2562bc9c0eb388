package org.hikae.api.log;

import org.hikae.api.block.BlockSet;

/**
 * A completed log.
 *
 * @param records number of records kept, each with one or more blocks
 * @param dropped number of blocks that were logged more than once, of which the later images were dropped
 * @param spared number of writes that would have logged a block had it not been known to be copied by then (R7); later
 *     writes to the same blocks do not count
 * @param messages number of messages from nodes to the log manager; each is answered
 * @param messageBytes bytes in these, of before-images and of what describes them
 * @param logged the blocks in the log
 */
public record LogSummary(long records, long dropped, long spared, long messages, long messageBytes, BlockSet logged) {}
