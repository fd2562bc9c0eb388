package org.hikae.api.media;

import java.util.UUID;

/**
 * What is known of a generation when it is begun.
 *
 * @param disk name of the disk
 * @param diskId the disk's own id
 * @param size size of the disk in bytes
 * @param blockSize bytes
 * @param format name of the disk's format
 * @param medium name of the backup medium
 * @param parent id of the generation that it builds upon, on any medium, of the same disk, size and block size; null:
 *     none, it is a full one
 * @param layout how the blocks lie on the medium
 * @param mark name of the mark since which it holds changes (a.11), which makes it partial (R13); null: none
 * @param group of which files it holds the content; the parent is of the same group and disk; null: of the whole disk
 */
public record GenerationRequest(
        String disk,
        UUID diskId,
        long size,
        int blockSize,
        String format,
        String medium,
        Layout layout,
        String parent,
        String mark,
        GenerationGroup group) {

    public GenerationRequest {
        if (mark != null && parent == null) {
            throw new IllegalArgumentException("changes since mark " + mark + " need a parent to be changes of");
        }
        if (layout == Layout.IMAGE && parent != null) {
            throw new IllegalArgumentException("an image is whole, and builds upon nothing");
        }
        if (layout == Layout.IMAGE && group != null) {
            throw new IllegalArgumentException("an image is whole: it cannot be of a group of files");
        }
    }
}
