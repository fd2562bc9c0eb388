package org.hikae.fs.shared.store;

import java.io.IOException;

/**
 * How much of a disk is for metadata.
 *
 * @param journal bytes, a multiple of 64 KiB
 * @param region bytes for the tables, a multiple of 64 KiB
 */
record MetadataSize(long journal, long region) {

    private static final long UNIT = 64 << 10;
    private static final long SMALLEST = 1 << 20;
    private static final long LARGEST_BY_DEFAULT = 16L << 30;
    private static final long LARGEST = 64L << 30;
    private static final long SMALLEST_JOURNAL = 2 * UNIT;
    /** It is read at every mount, so it is to be read within a fraction of a second. */
    private static final long LARGEST_JOURNAL = 32 << 20;

    /**
     * @param disk bytes
     * @param wanted bytes; 0 for what suits the disk
     * @throws IOException if it cannot be so small or so large
     */
    static MetadataSize of(long disk, long wanted) throws IOException {
        long bytes = wanted == 0 ? Math.min(LARGEST_BY_DEFAULT, Math.max(SMALLEST, disk / 16)) : wanted;
        if (bytes < SMALLEST || bytes > LARGEST) {
            throw new IOException("A metadata region cannot have " + wanted + " bytes. Choose from 1 MiB to 64 GiB.");
        }
        long journal = Math.min(LARGEST_JOURNAL, Math.max(SMALLEST_JOURNAL, down(bytes / 8)));
        return new MetadataSize(journal, down(bytes - journal));
    }

    /** Whether numbers of blocks can be those of a file system. */
    static boolean isPossible(long journalBlocks, long regionBlocks, int blockSize) {
        return journalBlocks >= SMALLEST_JOURNAL / blockSize
                && journalBlocks <= LARGEST_JOURNAL / blockSize
                && regionBlocks >= (SMALLEST - SMALLEST_JOURNAL) / blockSize
                && regionBlocks <= LARGEST / blockSize;
    }

    private static long down(long bytes) {
        return bytes / UNIT * UNIT;
    }
}
