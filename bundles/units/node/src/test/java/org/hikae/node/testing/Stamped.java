package org.hikae.node.testing;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** A region of cells, each full of one value, so that a half written one is seen. */
public final class Stamped {

    /** Bytes of a cell: it lies within a page, for the loss of a node may tear a write between pages. */
    public static final int CELL = 1024;

    private final CellHistory[] cells;

    public Stamped(long bytes) {
        cells = IntStream.range(0, (int) (bytes / CELL))
                .mapToObj(any -> new CellHistory())
                .toArray(CellHistory[]::new);
    }

    public int count() {
        return cells.length;
    }

    public CellHistory cell(int index) {
        return cells[index];
    }

    public static ByteBuffer fill(long value, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(count * CELL);
        while (buffer.hasRemaining()) {
            buffer.putLong(value);
        }
        return buffer.flip();
    }

    public void wrote(int first, int count, long value, long begin, long end, Object by) {
        for (int cell = first; cell < first + count; cell++) {
            cells[cell].wrote(value, begin, end, by);
        }
    }

    /** @param buffer read from 0; what lies after its limit was not there, and is as if it was never written */
    public void read(int first, int count, ByteBuffer buffer, long begin, long end, Object by) {
        for (int cell = 0; cell < count; cell++) {
            cells[first + cell].read(value(buffer, cell), begin, end, by);
        }
    }

    private static long value(ByteBuffer buffer, int cell) {
        if ((cell + 1) * CELL > buffer.limit()) {
            return CellHistory.INITIAL;
        }
        long value = buffer.getLong(cell * CELL);
        for (int at = cell * CELL; at < (cell + 1) * CELL; at += Long.BYTES) {
            if (buffer.getLong(at) != value) {
                throw new AssertionError("a cell of " + value + " and " + buffer.getLong(at) + " at once");
            }
        }
        return value;
    }

    public void lostReader(Object reader) {
        for (CellHistory cell : cells) {
            cell.lostReader(reader);
        }
    }

    public void lostWriter(Object writer, long durableBefore) {
        for (CellHistory cell : cells) {
            cell.lostWriter(writer, durableBefore);
        }
    }

    public void check() {
        for (int cell = 0; cell < cells.length; cell++) {
            String wrong = cells[cell].check();
            if (wrong != null) {
                throw new AssertionError("cell " + cell + " at byte " + (long) cell * CELL + ": " + wrong);
            }
        }
    }
}
