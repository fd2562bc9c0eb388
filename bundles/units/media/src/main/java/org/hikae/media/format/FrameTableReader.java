package org.hikae.media.format;

import java.nio.ByteBuffer;

/** Reads the table of a frame, entry by entry, and checks that it makes sense. */
public final class FrameTableReader {

    private final ByteBuffer bytes;
    private final boolean log;
    private final long blockCount;
    private int left;
    private long number;
    private long first;
    private long end;
    private boolean zero;

    /**
     * @param table the table's bytes
     * @param blockCount number of blocks of the disk
     */
    public FrameTableReader(FrameHeader header, ByteBuffer table, long blockCount) {
        this.bytes = table.slice();
        this.log = header.kind() == FrameHeader.LOG;
        this.blockCount = blockCount;
        this.left = header.entries();
    }

    /**
     * Goes to the next entry.
     *
     * @return false if there is none
     */
    public boolean next() throws DamagedException {
        if (left == 0) {
            if (bytes.hasRemaining()) {
                throw new DamagedException("its table is longer than its entries");
            }
            return false;
        }
        left--;
        if (log) {
            number += Varint.get(bytes);
            first = end + Varint.unzigzag(Varint.get(bytes));
            long count = Varint.get(bytes);
            zero = (count & 1) != 0;
            endAfter(count >>> 1);
        } else {
            first = end + Varint.get(bytes);
            endAfter(Varint.get(bytes));
        }
        return true;
    }

    private void endAfter(long count) throws DamagedException {
        if (first < 0 || count < 1 || count > blockCount || first > blockCount - count || number < 0) {
            throw new DamagedException("its table has blocks that the disk does not have");
        }
        end = first + count;
    }

    /** Number of the log record that the blocks are of. */
    public long number() {
        return number;
    }

    public long first() {
        return first;
    }

    public long count() {
        return end - first;
    }

    /** Whether the blocks are zeros, which are not stored. */
    public boolean zero() {
        return zero;
    }
}
