package org.hikae.media.index;

import org.hikae.media.format.FrameHeader;

/**
 * Where a frame lies, and what is known of it without reading it; or a region of an image, which is all blocks and nothing
 * else, the last one as short as the disk leaves it.
 *
 * @param object number of the object that it lies in
 * @param offset bytes from the object's start
 * @param length bytes
 * @param checksum CRC32C over it
 * @param blocks number of blocks in it
 */
public record Frame(int object, long offset, int length, int checksum, int blocks) {

    public Frame {
        if (object < 0
                || offset < 0
                || length < 1
                || length > FrameHeader.MAX_FRAME
                || offset > Long.MAX_VALUE - length
                || blocks < 0
                || blocks > Character.MAX_VALUE) {
            throw new IllegalArgumentException("not a frame: " + length + " bytes at " + offset + " of object " + object
                    + ", " + blocks + " blocks");
        }
    }

    /** The same where objects are counted from another one. */
    public Frame after(int objects) {
        return in(object + objects);
    }

    /** The same in an object of another number. */
    public Frame in(int number) {
        return new Frame(number, offset, length, checksum, blocks);
    }

    /** Where what follows it begins. */
    public long end() {
        return offset + length;
    }
}
