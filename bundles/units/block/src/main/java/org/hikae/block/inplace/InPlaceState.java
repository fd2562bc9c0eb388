package org.hikae.block.inplace;

import java.time.Instant;
import java.util.UUID;

/**
 * What is durably known of a mount, but for the blocks themselves. Immutable; replaced as one.
 *
 * @param mount given to the mount when it began, and written into its log
 * @param disk id of the disk
 * @param name of the disk, when the mount began
 * @param path of the disk, when the mount began
 * @param generation what stands in
 * @param format the name that users choose the format by, of what the generation holds
 * @param blockSize bytes of the blocks that are counted
 * @param restore whether all blocks are to be brought back
 * @param touched whether anything may have been written to the disk
 * @param ended whether the disk is as any other again
 * @param set number of the file with the blocks that are on the disk; 0: there is none
 * @param log number of the log with further ones; 0: there is none
 */
record InPlaceState(
        UUID mount,
        UUID disk,
        String name,
        String path,
        Generation generation,
        String format,
        int blockSize,
        boolean restore,
        boolean touched,
        boolean ended,
        long set,
        long log) {

    /**
     * A generation, so that no other one is taken for it.
     *
     * @param id {@code DISK@N}
     * @param disk id of the disk that it is of
     * @param instant its T0
     * @param size bytes
     */
    record Generation(String id, UUID disk, Instant instant, long size) {}

    /** Number of blocks that the generation has anything of. */
    long blocks() {
        return generation.size / blockSize + (generation.size % blockSize == 0 ? 0 : 1);
    }

    InPlaceState withRestore(boolean now) {
        return new InPlaceState(mount, disk, name, path, generation, format, blockSize, now, touched, ended, set, log);
    }

    InPlaceState withTouched() {
        return new InPlaceState(mount, disk, name, path, generation, format, blockSize, restore, true, ended, set, log);
    }

    InPlaceState withEnd() {
        return new InPlaceState(mount, disk, name, path, generation, format, blockSize, restore, touched, true, 0, 0);
    }

    InPlaceState withFiles(long newSet, long newLog) {
        return new InPlaceState(
                mount, disk, name, path, generation, format, blockSize, restore, touched, ended, newSet, newLog);
    }
}
