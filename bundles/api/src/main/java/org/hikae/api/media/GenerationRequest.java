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
 */
public record GenerationRequest(String disk, UUID diskId, long size, int blockSize, String format, String medium) {}
