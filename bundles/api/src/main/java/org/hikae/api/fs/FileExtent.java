package org.hikae.api.fs;

/**
 * Consecutive blocks of a file that lie in consecutive blocks of the disk. Numbers count blocks of the file system.
 *
 * @param logical the first block's number within the file, from 0
 * @param physical where that block lies on the disk
 * @param count number of blocks, at least 1
 * @param unwritten whether the blocks are reserved, but read as zeros
 */
public record FileExtent(long logical, long physical, long count, boolean unwritten) {

    public FileExtent {
        if (logical < 0 || physical < 0 || count < 1 || logical + count < 0 || physical + count < 0) {
            throw new IllegalArgumentException("not an extent: " + count + " blocks, " + logical + " at " + physical);
        }
    }

    /** The logical number after the last block. */
    public long end() {
        return logical + count;
    }
}
