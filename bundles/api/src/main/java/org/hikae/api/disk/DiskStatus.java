package org.hikae.api.disk;

import java.nio.file.Path;

/**
 * A configured disk, whether it can be used or not.
 *
 * @param path null if its configuration names none
 * @param size bytes; -1 if the disk cannot be opened
 * @param blockSize bytes; -1 if its configuration makes no disk
 * @param problem why it cannot be opened, in a sentence; null if it can
 */
public record DiskStatus(String name, Path path, String format, long size, int blockSize, String problem) {}
