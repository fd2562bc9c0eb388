package org.hikae.api.disk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hikae.api.job.Progress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Generations that stand in for disks (c.1, R21): every door, every copier and every reader of the disk sees the generation,
 * block by block, until the block was written, or brought back onto the disk. What is written is kept across the end of the
 * platform as on any disk: after a flush, whatever happens. Thread-safe.
 */
@ProviderType
public interface InPlaceMounts {

    /**
     * Lets a generation take a disk's place, durably, and begins a new lineage of changes. The generation is held
     * ({@link org.hikae.api.media.Generations#hold}) until all of it is on the disk. The disk gets the generation's format;
     * what lies beyond the generation's end stays. If it has taken that disk's place already, only {@code restore} changes.
     *
     * @throws IOException if there is no such disk or generation, the disk is smaller, in use (says by whom), or another
     *     generation's; or the generation cannot be read, or is a part of a disk only; nothing was changed then. Or if the home
     *     cannot be written; then either all is as it was, but that the next backup is a full one, or the mount is listed
     */
    InPlaceStatus mount(InPlaceRequest request) throws IOException;

    /** The disks that a generation stands in for, by name. */
    List<InPlaceStatus> list();

    /** How a generation stands in for a disk; empty if none does. */
    Optional<InPlaceStatus> of(String disk);

    /**
     * Brings all blocks back onto the disk, in disk order; where guests read, they come first. Ends the mount: the
     * disk is as any other then. One call at a time.
     *
     * @throws java.util.concurrent.CancellationException if the progress was cancelled; the generation still stands in
     * @throws IOException likewise, if the generation cannot be read or the disk not written; or if none stands in
     */
    void bringBack(String disk, Progress progress) throws IOException;

    /**
     * Ends a mount before anything was written: the disk is the old one again. The next backup is a full one.
     *
     * @throws IOException if something was written, the disk is in use, or no generation stands in
     */
    void undo(String disk) throws IOException;
}
