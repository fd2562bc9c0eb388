package org.hikae.media.format;

import java.nio.ByteBuffer;

/**
 * The table of a frame in the making: which blocks its bytes are, and for a log under which number each was logged
 * (a.7). Not thread-safe.
 */
public final class FrameTable {

    /** An entry of a log is three numbers. */
    private static final int MAX_ENTRY = 3 * Varint.MAX_BYTES;

    private final byte kind;
    private final ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.MAX_TABLE);
    private int entries;
    private boolean last;
    private long lastEnd;
    private long lastNumber;

    private FrameTable(byte kind) {
        this.kind = kind;
    }

    public static FrameTable ofData() {
        return new FrameTable(FrameHeader.DATA);
    }

    public static FrameTable ofLog() {
        return new FrameTable(FrameHeader.LOG);
    }

    /** The kind of the frame. */
    public byte kind() {
        return kind;
    }

    /** Adds blocks of a copy; they follow all that were added before. */
    public void addData(long first, long count) {
        Varint.put(bytes, first - lastEnd);
        Varint.put(bytes, count);
        end(first + count);
    }

    /** Adds blocks of a log record; the numbers of the records never decrease. */
    public void addLog(long number, long first, long count, boolean zero) {
        Varint.put(bytes, number - lastNumber);
        Varint.put(bytes, Varint.zigzag(first - lastEnd));
        Varint.put(bytes, count << 1 | (zero ? 1 : 0));
        lastNumber = number;
        end(first + count);
    }

    private void end(long blocks) {
        lastEnd = blocks;
        entries++;
    }

    /** Says that no frame follows the one of this table in its log. */
    public void markLast() {
        last = true;
    }

    public boolean isLast() {
        return last;
    }

    /** Whether so many more entries fit for sure. */
    public boolean hasRoom(int more) {
        return bytes.remaining() >= (long) more * MAX_ENTRY;
    }

    public int entries() {
        return entries;
    }

    public int length() {
        return bytes.position();
    }

    public void copyTo(ByteBuffer dst) {
        dst.put(bytes.array(), 0, bytes.position());
    }

    public void clear() {
        bytes.clear();
        entries = 0;
        last = false;
        lastEnd = 0;
        lastNumber = 0;
    }
}
