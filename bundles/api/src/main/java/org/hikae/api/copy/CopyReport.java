package org.hikae.api.copy;

import java.util.Map;

/**
 * What a copy did.
 *
 * @param bytesRead bytes read from the source, holes not counted
 * @param bytesZero bytes that were not moved: holes of a disk, zeros of a generation
 * @param bytesLeftOut bytes that were not copied since the log had them (a.4)
 * @param nanos duration in nanoseconds, pauses included
 * @param workers number of workers
 * @param bytesByNode bytes read by each node that copied, by name
 */
public record CopyReport(
        long bytesRead, long bytesZero, long bytesLeftOut, long nanos, int workers, Map<String, Long> bytesByNode) {}
