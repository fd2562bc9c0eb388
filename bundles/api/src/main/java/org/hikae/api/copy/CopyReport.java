package org.hikae.api.copy;

/**
 * What a copy did.
 *
 * @param bytesRead bytes read from the source, holes not counted
 * @param bytesZero bytes that were holes or zeros
 * @param nanos duration in nanoseconds
 * @param workers number of workers
 */
public record CopyReport(long bytesRead, long bytesZero, long nanos, int workers) {}
