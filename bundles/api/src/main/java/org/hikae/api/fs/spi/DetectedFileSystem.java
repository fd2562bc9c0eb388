package org.hikae.api.fs.spi;

/**
 * What a format found on a device.
 *
 * @param name the format, exactly, such as {@code ext4}
 * @param blockSize bytes, a power of two from 512 to 65536
 * @param stamp as {@link org.hikae.api.fs.FileSystemInfo#stamp}
 */
public record DetectedFileSystem(String name, int blockSize, String stamp) {}
