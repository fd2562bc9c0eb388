package org.hikae.fs.shared.store;

import java.io.IOException;
import java.util.UUID;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.shared.FormatOptions;

/**
 * What is where on the disk: superblock, journal, region of the tables, data, and a copy of the superblock in the last block.
 * It is written once, by format, last of all. See {@code docs/formats/fs-shared.md}.
 *
 * @param id of the file system
 * @param label for people, of at most 64 bytes in UTF-8
 * @param blockSize bytes, a power of two from 4096 to 65536
 * @param blocks number of blocks of the file system, which begins where the device begins
 * @param journalBlocks blocks of the journal, from block 1 on
 * @param regionBlocks blocks of the region of the tables, after the journal
 */
public record Superblock(UUID id, String label, int blockSize, long blocks, long journalBlocks, long regionBlocks) {

    /** The smallest file system block, in bytes. */
    public static final int SMALLEST_BLOCK = 4096;

    /** Where everything goes on a device that is to be formatted.
     *
     * @throws IOException if the device is too small for what is asked
     */
    public static Superblock plan(BlockDevice device, FormatOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Whether a superblock begins the device; what it says may make no sense. */
    public static boolean isOn(BlockDevice device) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads and checks it; the copy at the end of the device stands in for a damaged one.
     *
     * @throws FileSystemRefusedException if there is none, or it makes no sense
     */
    public static Superblock read(BlockDevice device) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Overwrites what {@link #isOn} knows the file system by, in both places, durably. */
    public static void erase(BlockDevice device) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Writes it and its copy durably, the one at the start of the device last. */
    public void write(BlockDevice device) throws IOException {
        throw new UnsupportedOperationException();
    }

    public BlockRun journal() {
        return new BlockRun(1, journalBlocks);
    }

    public BlockRun region() {
        return new BlockRun(1 + journalBlocks, regionBlocks);
    }

    /** The blocks that files can have. */
    public BlockRun data() {
        long first = region().end();
        return new BlockRun(first, blocks - 1 - first);
    }
}
