package org.hikae.api.disk;

import java.nio.file.Path;

/**
 * A configured disk, whether it can be used or not.
 *
 * @param path null if its configuration names none
 * @param format as {@link Disk#format}
 * @param driver the name that users choose the format by, such as {@code ext} for ext4; {@code raw} for none
 * @param size bytes; -1 if the disk cannot be opened
 * @param blockSize bytes; -1 if its configuration makes no disk
 * @param problem why it cannot be opened, or why its file system cannot be read, in a sentence; null if both can be done
 */
public record DiskStatus(
        String name, Path path, String format, String driver, long size, int blockSize, String problem) {}
