package org.hikae.api.node;

/**
 * What a node has done since its start.
 *
 * @param bytesRead bytes read through the node
 * @param bytesWritten bytes written or zeroed through the node
 * @param bytesLogged bytes of before-images the node has handed to logs
 * @param disks number of shared disks that are open on the node
 */
public record NodeStatistics(long bytesRead, long bytesWritten, long bytesLogged, int disks) {}
