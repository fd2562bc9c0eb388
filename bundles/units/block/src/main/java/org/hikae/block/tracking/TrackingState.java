package org.hikae.block.tracking;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
 * @param ended why nothing of this counts any more but the marks, in half a sentence; empty if it counts
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
        List<StoredMark> marks,
        String ended) {

    /** A state of which only the marks count. */
    static TrackingState ended(Subject disk, String reason, List<StoredMark> marks) {
        UUID none = new UUID(0, 0);
        Origin origin = new Origin(disk.id(), disk.blockSize(), none, Instant.EPOCH, "", "");
        DiskStamp stamp = new DiskStamp("", "", 0, "", "");
        Points points = new Points(0, 0, new TreeSet<>());
        return new TrackingState(origin, stamp, false, 1, points, 0, 1, 0, 0, 1, List.of(), marks, reason);
    }

    /**
     * What a lineage is born with.
     *
     * @param reason why the one before ended, in half a sentence; empty if there was none
     * @param start id of the generation that the disk held exactly when it began (R21); empty if there was none
     */
    record Origin(UUID disk, int blockSize, UUID lineage, Instant began, String reason, String start) {

        /** The same with that start. */
        Origin from(String generation) {
            return new Origin(disk, blockSize, lineage, began, reason, generation);
        }
    }

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
