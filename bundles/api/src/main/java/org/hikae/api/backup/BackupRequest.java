package org.hikae.api.backup;

import java.util.List;

/**
 * A backup to make.
 *
 * @param disk name of the disk
 * @param medium name of the medium
 * @param nodes names of the nodes that copy; empty: all
 * @param bytesPerSecond limit of the copying rate in bytes per second; 0: none
 * @param workers number of copying workers, 64 at most, dealt to the nodes in turn; 0: as many as pay, one on each
 *     node at least
 */
public record BackupRequest(String disk, String medium, List<String> nodes, long bytesPerSecond, int workers) {}
