package org.hikae.api.disk;

/**
 * A generation that is to take the place of a disk.
 *
 * @param generation {@code DISK@N}
 * @param disk name of the disk; at least as large as the generation
 * @param restore true: all blocks are brought back; false: those that are asked for
 */
public record InPlaceRequest(String generation, String disk, boolean restore) {}
