package org.hikae.tape.store;

import java.util.UUID;

/**
 * Bytes of an object that lie in consecutive records of a cartridge.
 *
 * @param offset of the first byte in the object, from 0
 * @param length bytes, from 1
 * @param volume id of the cartridge
 * @param block position of the first record on it
 * @param payload bytes of the object that each record holds; the last one may hold fewer
 */
public record Extent(long offset, long length, UUID volume, long block, int payload) {

    /** The first byte behind it. */
    public long end() {
        return offset + length;
    }

    /** Number of records. */
    public long records() {
        return (length + payload - 1) / payload;
    }

    /**
     * Position of the record that holds a byte.
     *
     * @param at offset in the object, within this extent
     */
    public long blockOf(long at) {
        return block + (at - offset) / payload;
    }
}
