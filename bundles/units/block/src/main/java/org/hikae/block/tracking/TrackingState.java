package org.hikae.block.tracking;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;

/**
 * All that is durably known of a disk's tracking, but for the blocks themselves. Immutable; replaced as one.
 *
 * @param clean whether the stamp was taken after our last write; else we may have written since
 * @param resume number of the epoch that is current after a restart: above every epoch that was closed meanwhile
 * @param log number of the region log's file; 0 if there is none
 * @param logFrom the log's records of earlier epochs are superseded by the sets
 * @param carried number of the file with regions that earlier logs of the same run have recorded; 0 if there is none
 * @param carriedEpoch the epoch that they were recorded for
 * @param nextFile a number that no file bears yet
 * @param marks those of earlier lineages too
 */
record TrackingState(
        Origin origin,
        DiskStamp stamp,
        boolean clean,
        long resume,
        Points points,
        long log,
        long logFrom,
        long carried,
        long carriedEpoch,
        long nextFile,
        List<SavedSet> sets,
        List<StoredMark> marks) {

    /**
     * What a lineage is born with.
     *
     * @param reason why the one before ended, in half a sentence; empty if there was none
     */
    record Origin(UUID disk, int blockSize, UUID lineage, Instant began, String reason) {}

    /**
     * The epochs whose ends count.
     *
     * @param floor what came before the end of this epoch is forgotten
     * @param taken the newest one that a sealed generation holds; 0 if there is none
     * @param kept those of generations that can be parents
     */
    record Points(long floor, long taken, SortedSet<Long> kept) {}

    /** A mark (a.11), and the epoch that ended with it. */
    record StoredMark(String name, Instant time, UUID lineage, long epoch) {}
}
