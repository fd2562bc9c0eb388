package org.hikae.api.copy;

/**
 * What a copy did.
 *
 * @param bytesRead bytes read from the source, holes not counted
 * @param bytesZero bytes that were not moved: holes of a disk, zeros of a generation
 * @param nanos duration in nanoseconds
 * @param workers number of workers
 */
public record CopyReport(long bytesRead, long bytesZero, long nanos, int workers) {}
