package org.hikae.api.disk;

/**
 * How a generation stands in for a disk.
 *
 * @param disk name of the disk
 * @param generation id of the generation
 * @param restore whether all blocks are to be brought back
 * @param bytes bytes of the generation's blocks, zeros included: all that is to be on the disk in the end
 * @param presentBytes how many of these are on the disk: brought back or written since; -1 if that is not known
 * @param untouched whether nothing was written to the disk yet, so that it can be undone
 * @param problem why the disk cannot be used, or bringing back has ended, in a sentence; null if nothing is known
 */
public record InPlaceStatus(
        String disk,
        String generation,
        boolean restore,
        long bytes,
        long presentBytes,
        boolean untouched,
        String problem) {}
