package org.hikae.shell.text;

/** A rate in bytes per second, as people write it: {@code 100MB/s}; the {@code /s} may be left out. */
public record ByteRate(long bytesPerSecond) {

    /** @throws IllegalArgumentException if it is no rate of at least a byte per second */
    public static ByteRate parse(String text) {
        String size = text.strip();
        size = size.endsWith("/s") ? size.substring(0, size.length() - 2) : size;
        long bytes;
        try {
            bytes = ByteCount.parse(size).bytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a rate such as 100MB/s or 64MiB/s", e);
        }
        if (bytes == 0) {
            throw new IllegalArgumentException("a rate of 0 would never end; leave the option out for no limit");
        }
        return new ByteRate(bytes);
    }

    public static String show(long bytesPerSecond) {
        return ByteCount.show(bytesPerSecond) + "/s";
    }
}
