package org.hikae.tapekit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.tape.spi.ReadRecords;

/** What a tape must be like: a list of records and filemarks, and a head. Not thread-safe. */
public final class ModelTape {

    /** A null is a filemark. */
    private final List<byte[]> objects = new ArrayList<>();

    private int position;

    public int position() {
        return position;
    }

    /** Number of objects. */
    public int size() {
        return objects.size();
    }

    /** The length of the record at a position; -1 of a filemark or the end of data. */
    public int length(int at) {
        byte[] object = at < objects.size() ? objects.get(at) : null;
        return object == null ? -1 : object.length;
    }

    public void rewind() {
        position = 0;
    }

    /** A null is a filemark. */
    public void write(byte[] object) {
        objects.subList(position, objects.size()).clear();
        objects.add(object);
        position++;
    }

    /** The next records, at most so many. */
    public ReadRecords read(int most, List<byte[]> into) {
        for (int i = 0; i < most; i++) {
            if (position == objects.size()) {
                return new ReadRecords(i, ReadRecords.End.DATA);
            }
            byte[] object = objects.get(position++);
            if (object == null) {
                return new ReadRecords(i, ReadRecords.End.FILEMARK);
            }
            into.add(object);
        }
        return new ReadRecords(most, ReadRecords.End.NONE);
    }

    public long spaceFilemarks(long count) {
        long passed = 0;
        while (passed < count && position < objects.size()) {
            passed += objects.get(position++) == null ? 1 : 0;
        }
        return passed;
    }

    public long spaceRecords(long count) {
        long passed = 0;
        while (passed < count && position < objects.size()) {
            if (objects.get(position++) == null) {
                break;
            }
            passed++;
        }
        return passed;
    }

    /** @return false if the end of data is before */
    public boolean locate(long target) {
        position = (int) Math.min(target, objects.size());
        return position == target;
    }

    /** Loses all objects from a position on; the head is at the beginning then. */
    public void cut(int from) {
        objects.subList(from, objects.size()).clear();
        position = 0;
    }

    /** The record's content as a buffer. */
    public static ByteBuffer buffer(byte[] record, boolean direct) {
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(record.length) : ByteBuffer.allocate(record.length);
        return buffer.put(record).flip();
    }
}
