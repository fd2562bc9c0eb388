package org.hikae.tapevirtual;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.hikae.api.tape.spi.TapeMediumException;

/** A cartridge's file, and the head above it. Not thread-safe. */
final class Head implements Closeable {

    private FileChannel channel;
    private TapReader reader;
    private TapWriter writer;
    private final Cancellation cancellation;
    private final Positions positions = new Positions();

    /** Number of objects before the head. */
    private long position;
    /** Where the last of them ends in the file. */
    private long offset;
    /** The first object that may not be on the disk yet; -1: all are. */
    private long unsettled = -1;

    Head(FileChannel channel, Cancellation cancellation) {
        this.cancellation = cancellation;
        reopen(channel);
    }

    /** Goes on with another channel of the same file. */
    void reopen(FileChannel again) {
        reader = new TapReader(again, cancellation);
        writer = new TapWriter(again);
        channel = again;
    }

    long position() {
        return position;
    }

    /** Where the head is, in bytes of the file. */
    long offset() {
        return offset;
    }

    /** The position before which everything is durable. */
    long settled() {
        return unsettled < 0 ? Math.max(position, positions.known()) : unsettled;
    }

    /** What comes next. */
    TapObject next() throws IOException {
        return reader.at(offset);
    }

    /** Moves the head behind what comes next. */
    void pass(TapObject object) {
        position++;
        offset = object.next();
        positions.learn(position, offset);
    }

    /** Reads the data of the record that comes next, and passes it. */
    void read(TapObject record, ByteBuffer into) throws IOException {
        reader.read(record, into);
        pass(record);
    }

    /** What {@link TapObject.Kind#LOST} means to one who wants to go on. */
    TapeMediumException lost() {
        return new TapeMediumException("what is at position " + position
                + " is no object of a tape, and where the next one" + " begins cannot be told");
    }

    void rewind() {
        position = 0;
        offset = 0;
    }

    /** Moves the head to a position, or to the end of data if that is before. */
    void move(long target) throws IOException {
        boolean beyond = target >= positions.known();
        long kept = beyond ? positions.known() : positions.before(target);
        if (target < position || kept > position) {
            position = kept;
            offset = beyond ? positions.knownOffset() : positions.offset(kept);
        }
        while (position < target) {
            cancellation.check();
            TapObject next = next();
            if (next.kind() == TapObject.Kind.LOST) {
                throw lost();
            } else if (next.kind() == TapObject.Kind.END) {
                return;
            }
            pass(next);
        }
    }

    /**
     * Writes records, of which there is room for, where the head is. After an exception the head is where it was, and nothing
     * is behind it.
     */
    void write(Iterable<ByteBuffer> records) throws IOException {
        long start = offset;
        beginWrite();
        try {
            long end = writer.write(start, records);
            for (ByteBuffer record : records) {
                position++;
                offset += TapWords.span(record.remaining());
                positions.learn(position, offset);
            }
            if (end != offset) {
                throw new IllegalStateException("the end is at " + end + ", not at " + offset);
            }
        } finally {
            reader.changed();
        }
    }

    void writeFilemarks(int count) throws IOException {
        beginWrite();
        try {
            writer.filemarks(offset, count);
            for (int i = 0; i < count; i++) {
                position++;
                offset += TapWords.WORD;
                positions.learn(position, offset);
            }
        } finally {
            reader.changed();
        }
    }

    /** Loses what is behind the head. */
    private void beginWrite() throws IOException {
        positions.cut(position, offset);
        unsettled = unsettled < 0 ? position : Math.min(unsettled, position);
        if (reader.size() > offset) {
            channel.truncate(offset);
        }
    }

    /** Makes everything durable. */
    void force() throws IOException {
        if (unsettled >= 0) {
            channel.force(true);
            unsettled = -1;
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
