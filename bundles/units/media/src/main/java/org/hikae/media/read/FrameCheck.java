package org.hikae.media.read;

import java.nio.ByteBuffer;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.FrameHeader;
import org.hikae.media.index.Frame;

/** Finds out whether bytes are the frame that the index means, and unpacks it. Nothing is returned unchecked (I9). */
public final class FrameCheck {

    private final int blockSize;

    public FrameCheck(int blockSize) {
        this.blockSize = blockSize;
    }

    /**
     * Checks a frame.
     *
     * @param bytes the frame from position to limit
     * @throws DamagedException if it is not what was written
     */
    public FrameHeader check(Frame frame, ByteBuffer bytes, Scratch scratch) throws DamagedException {
        FrameHeader header = FrameHeader.decode(bytes);
        if (header.length() != bytes.remaining()) {
            throw new DamagedException("its header says another length");
        }
        int crc = FrameHeader.checksum(scratch.crc, bytes, bytes.duplicate().position(bytes.limit()));
        if (crc != header.crc() || crc != frame.checksum()) {
            throw new DamagedException("it does not match its checksum");
        }
        if (header.rawLength() != (long) frame.blocks() * blockSize) {
            throw new DamagedException("it has another number of blocks than the index says");
        }
        return header;
    }

    /**
     * Checks a region of an image, which is as long as the disk leaves it: what is missing of its last block is zeros.
     *
     * @param bytes the region from position to limit
     * @throws DamagedException if it is not what was written
     */
    public void checkRegion(Frame frame, ByteBuffer bytes, Scratch scratch) throws DamagedException {
        scratch.crc.reset();
        scratch.crc.update(bytes.duplicate());
        if ((int) scratch.crc.getValue() != frame.checksum()) {
            throw new DamagedException("it does not match its checksum");
        }
        long missing = (long) frame.blocks() * blockSize - bytes.remaining();
        if (missing < 0 || missing >= blockSize) {
            throw new DamagedException("it has another number of blocks than the index says");
        }
    }

    /**
     * Copies the blocks of a checked region.
     *
     * @param dst takes them all from its position on
     */
    public void copyRegion(Frame frame, ByteBuffer bytes, ByteBuffer dst) {
        int missing = frame.blocks() * blockSize - bytes.remaining();
        dst.put(bytes);
        for (int i = 0; i < missing; i++) {
            dst.put((byte) 0);
        }
    }

    /** A sentence on a damaged frame. */
    public static String damage(Part part, Frame frame, DamagedException why) {
        return place(part, frame) + " is damaged: " + why.getMessage();
    }

    /** Where a frame lies, to begin a sentence. */
    static String place(Part part, Frame frame) {
        return (part.isRaw() ? "the region" : "the frame") + " at byte " + frame.offset() + " of "
                + part.name(frame.object());
    }

    /** The table's bytes in a frame. */
    public static ByteBuffer table(FrameHeader header, ByteBuffer frame) {
        int from = frame.position() + FrameHeader.LENGTH;
        return frame.duplicate().limit(from + header.tableLength()).position(from);
    }

    /**
     * Unpacks the blocks of a checked frame.
     *
     * @param dst takes them all from its position on; a direct buffer
     */
    public static void unpack(FrameHeader header, ByteBuffer frame, ByteBuffer dst, Scratch scratch)
            throws DamagedException {
        int from = frame.position() + FrameHeader.LENGTH + header.tableLength();
        int raw = header.rawLength();
        if (header.compression() == FrameHeader.PLAIN) {
            dst.put(dst.position(), frame, from, raw);
        } else {
            try {
                int length = scratch.zstd.decompressDirectByteBuffer(
                        dst, dst.position(), raw, frame, from, header.storedLength());
                if (length != raw) {
                    throw new DamagedException("it unpacks to another length");
                }
            } catch (RuntimeException e) {
                throw new DamagedException("it does not unpack: " + e.getMessage(), e);
            }
        }
        dst.position(dst.position() + raw);
    }
}
