package org.hikae.media.index;

import java.util.Arrays;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.format.ObjectHeader;

/** An object of frames, which fill it from its header to its end. Immutable. */
public final class FrameObject {

    private final String name;
    private final long length;
    private final long[] offsets;
    private final int[] lengths;
    private final int[] checksums;
    private final char[] blocks;

    private FrameObject(Builder builder) {
        this.name = builder.name;
        this.length = builder.end;
        this.offsets = Arrays.copyOf(builder.offsets, builder.count);
        this.lengths = Arrays.copyOf(builder.lengths, builder.count);
        this.checksums = Arrays.copyOf(builder.checksums, builder.count);
        this.blocks = Arrays.copyOf(builder.blocks, builder.count);
    }

    public String name() {
        return name;
    }

    /** Bytes of the object. */
    public long length() {
        return length;
    }

    /** Number of frames. */
    public int count() {
        return lengths.length;
    }

    /** Where a frame begins; {@link #length()} for the number after the last one. */
    public long offset(int frame) {
        return frame == lengths.length ? length : offsets[frame];
    }

    /** Bytes of a frame. */
    public int length(int frame) {
        return lengths[frame];
    }

    public int checksum(int frame) {
        return checksums[frame];
    }

    /** Number of blocks in a frame. */
    public int blocks(int frame) {
        return blocks[frame];
    }

    /** An object in the making. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private int count;
        private long end = ObjectHeader.LENGTH;
        private long[] offsets = new long[16];
        private int[] lengths = new int[16];
        private int[] checksums = new int[16];
        private char[] blocks = new char[16];

        public Builder(String name) {
            this.name = name;
        }

        /** Adds the next frame. */
        public void add(int length, int checksum, int blockCount) {
            if (length < FrameHeader.LENGTH || length > FrameHeader.MAX_FRAME || blockCount > Character.MAX_VALUE) {
                throw new IllegalArgumentException("not a frame: " + length + " bytes, " + blockCount + " blocks");
            }
            if (count == lengths.length) {
                int size = Math.addExact(count, count >> 1);
                offsets = Arrays.copyOf(offsets, size);
                lengths = Arrays.copyOf(lengths, size);
                checksums = Arrays.copyOf(checksums, size);
                blocks = Arrays.copyOf(blocks, size);
            }
            offsets[count] = end;
            lengths[count] = length;
            checksums[count] = checksum;
            blocks[count] = (char) blockCount;
            end = Math.addExact(end, length);
            count++;
        }

        /** Bytes so far. */
        public long length() {
            return end;
        }

        public FrameObject build() {
            return new FrameObject(this);
        }
    }
}
