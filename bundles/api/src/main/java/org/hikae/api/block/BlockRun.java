package org.hikae.api.block;

/**
 * Consecutive blocks: {@code count} blocks from block {@code first} on.
 *
 * @param first number of the first block, from 0
 * @param count number of blocks, at least 1; {@code first + count} does not exceed {@link Long#MAX_VALUE}
 */
public record BlockRun(long first, long count) {

    public BlockRun {
        if (first < 0 || count < 1 || first > Long.MAX_VALUE - count) {
            throw new IllegalArgumentException("not a run of blocks: " + count + " from " + first);
        }
    }

    /** The run of blocks that the bytes {@code [offset, offset + length)} touch; {@code length} is at least 1. */
    public static BlockRun covering(long offset, long length, int blockSize) {
        long first = offset / blockSize;
        long last = Math.addExact(offset, length - 1) / blockSize;
        return new BlockRun(first, last - first + 1);
    }

    /** The number of the block after the last one. */
    public long end() {
        return first + count;
    }

    @Override
    public String toString() {
        return count == 1 ? Long.toString(first) : first + "-" + (end() - 1);
    }
}
