package org.hikae.block;

import java.nio.file.Path;
import java.util.UUID;

/**
 * What a disk is configured as.
 *
 * @param format the name that users choose its format by; {@link #RAW} for none
 * @param blockSize bytes; anything, as it comes from a configuration
 */
record DiskSettings(String name, UUID id, Path path, String format, int blockSize) {

    static final String RAW = "raw";

    boolean isRaw() {
        return format.equals(RAW);
    }

    DiskSettings withFormat(String other) {
        return new DiskSettings(name, id, path, other, blockSize);
    }
}
