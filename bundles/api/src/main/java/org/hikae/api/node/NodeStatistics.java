package org.hikae.api.node;

/**
 * What a node has done since its start, and what is in its write cache now. A node that has been started anew begins from 0.
 *
 * @param bytesRead bytes read through the node
 * @param bytesWritten bytes written or zeroed through the node
 * @param bytesLogged bytes of before-images the node has handed to logs
 * @param disks number of shared disks that are open on the node
 * @param cacheBytes bound of the write cache
 * @param cachedBytes bytes in the cache now
 * @param dirtyBytes how many of these are not on a disk yet
 * @param bytesHit how many of the bytes read were in the cache
 * @param bytesWrittenOut bytes that have gone to disks: fewer than were written, where something was overwritten before
 * @param waits how often a writer waited for room in the cache
 * @param requests how often the node asked cache control for leases
 * @param recalls how often leases were called back from it
 */
public record NodeStatistics(
        long bytesRead,
        long bytesWritten,
        long bytesLogged,
        int disks,
        long cacheBytes,
        long cachedBytes,
        long dirtyBytes,
        long bytesHit,
        long bytesWrittenOut,
        long waits,
        long requests,
        long recalls) {}
