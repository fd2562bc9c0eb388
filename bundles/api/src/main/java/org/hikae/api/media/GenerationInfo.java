package org.hikae.api.media;

import java.time.Instant;
import java.util.UUID;
import org.hikae.api.disk.TrackingPoint;

/**
 * A sealed generation.
 *
 * @param id {@code DISK@N}
 * @param number from 1, per disk
 * @param kind {@code full} or {@code differential}
 * @param parent id of the generation that it builds upon; null if there is none
 * @param mark name of the mark since which it holds changes (a.11, R13); null if it is no such generation
 * @param group of which files it holds the content (b.1); null: it is of the whole disk
 * @param point where change tracking stood at T0 (R12); null if it could not tell
 * @param instant T0 by the clock of the platform
 * @param size size of the disk in bytes
 * @param blockSize bytes
 * @param blocks number of blocks that the generation answers for (R1)
 * @param ownBlocks number of these that it holds itself; the others are its parent's
 * @param dataBytes bytes of block data in the generation before compression, zeros not counted, log included
 * @param storedBytes bytes of all its objects, on all media; holes of an image not counted
 * @param loggedBlocks number of blocks that come from the before-image log
 * @param layout {@code packed} or {@code image}
 * @param placement how the log is kept: {@code medium}, {@code separate} or {@code overlay}
 * @param medium name of the medium
 * @param logMedium name of the medium that holds the log
 * @param pauseNanos how long writers were held at T0, in nanoseconds
 * @param problem why it cannot be read, in a sentence; null if nothing is known against it. With a problem, the
 *     numbers may be 0 and the other values null.
 */
public record GenerationInfo(
        String id,
        String disk,
        UUID diskId,
        long number,
        String kind,
        String parent,
        String mark,
        GenerationGroup group,
        TrackingPoint point,
        Instant instant,
        long size,
        int blockSize,
        String format,
        long blocks,
        long ownBlocks,
        long dataBytes,
        long storedBytes,
        long loggedBlocks,
        String layout,
        String placement,
        String medium,
        String logMedium,
        long pauseNanos,
        String problem) {

    /** Name of its group; null: it is of the whole disk. */
    public String groupName() {
        return group == null ? null : group.name();
    }

    /** Whether it is a mixture on purpose, of what changed since a mark with older data (R13). */
    public boolean partial() {
        return mark != null;
    }
}
