package org.hikae.tape.recall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.io.BufferPool;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.mount.Mounted;
import org.hikae.tape.store.Extent;

/** Reads bytes of objects from a mounted cartridge, as far as the drive can without stopping. Not thread-safe. */
final class TapeHead implements AutoCloseable {

    /** Number of records that are asked for together. */
    private static final int BATCH = 8;

    /** Where the head is, if that is not known. */
    private static final long LOST = -1;

    private final Mounted mounted;
    private final TapeDrive drive;
    private final BufferPool pool;
    private final Pace pace;
    private final LongSupplier nanos;
    /** Records as they are read; none before the first. */
    private List<ByteBuffer> records = List.of();
    /** The record before the head, where {@link #lastHeader} is not null: slots that follow one another share it. */
    private ByteBuffer last;

    private RecordHeader lastHeader;
    /** Position of the head, or {@link #LOST}. */
    private long at;

    /**
     * @param pool has buffers for records of usual lengths
     * @throws IOException if the drive does not know where its head is
     */
    TapeHead(Mounted mounted, BufferPool pool, Pace pace, LongSupplier nanos) throws IOException {
        this.mounted = mounted;
        this.pool = pool;
        this.pace = pace;
        this.nanos = nanos;
        drive = mounted.drive();
        at = drive.position();
    }

    /** The first position that can be had without going back. */
    long position() {
        return lastHeader == null ? Math.max(at, 0) : at - 1;
    }

    /**
     * Reads bytes of an object. After an exception nothing is known of the head any more.
     *
     * @param into has the object's byte at {@code base} at its beginning; its position does not count
     * @throws TapeMediumException if the drive cannot read a record
     * @throws DamagedRecordException if a record is not the one that was written there
     * @throws EndOfDataException if there is none
     * @throws IOException as anything else fails
     */
    void read(Layout.Part part, ByteBuffer into, long base) throws IOException {
        long block = part.block();
        long end = part.extent().blockOf(part.to() - 1) + 1;
        try {
            makeRoom(Math.max(
                    part.extent().payload() + RecordHeader.BYTES, drive.limits().least()));
            if (lastHeader != null && block == at - 1) {
                copy(part, block, lastHeader, last, into, base);
                block++;
            }
            while (block < end) {
                go(block);
                block += read(part, block, (int) Math.min(end - block, records.size()), into, base);
            }
        } catch (IOException | RuntimeException e) {
            at = LOST;
            lastHeader = null;
            throw e;
        }
    }

    private void makeRoom(int length) {
        if (records.isEmpty() || records.get(0).capacity() < length) {
            close();
            records = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                records.add(take(length));
            }
            last = take(length);
        }
    }

    private ByteBuffer take(int length) {
        return length <= pool.bufferSize() ? pool.take() : ByteBuffer.allocateDirect(length);
    }

    private void give(ByteBuffer buffer) {
        if (buffer.capacity() == pool.bufferSize()) {
            pool.give(buffer);
        }
    }

    /** Gives the buffers back; the cartridge stays as it is. */
    @Override
    public void close() {
        if (!records.isEmpty()) {
            records.forEach(this::give);
            give(last);
            records = List.of();
            lastHeader = null;
        }
    }

    private int read(Layout.Part part, long block, int count, ByteBuffer into, long base) throws IOException {
        ReadRecords got = read(count);
        if (got.records() < count) {
            throw new EndOfDataException(
                    "there is no record at position " + (block + got.records()) + ", where there was one");
        }
        for (int i = 0; i < count; i++) {
            RecordHeader header = RecordHeader.open(records.get(i));
            copy(part, block + i, header, records.get(i), into, base);
            lastHeader = header;
        }
        last = records.set(count - 1, last);
        return count;
    }

    private static void copy(
            Layout.Part part, long block, RecordHeader header, ByteBuffer payload, ByteBuffer into, long base)
            throws DamagedRecordException {
        Extent extent = part.extent();
        long offset = extent.offset() + (block - extent.block()) * extent.payload();
        long from = Math.max(part.from(), offset);
        long to = Math.min(part.to(), offset + extent.payload());
        if (header.kind() != RecordHeader.Kind.DATA || header.position() != block || header.offset() != offset) {
            throw new DamagedRecordException("there is another record than the one that was written");
        }
        if (to - offset > header.length()) {
            throw new DamagedRecordException("a record is too short");
        }
        into.put((int) (from - base), payload, payload.position() + (int) (from - offset), (int) (to - from));
    }

    /** Moves the head to a position. */
    private void go(long block) throws IOException {
        if (at != block && !(at >= 0 && at < block && pace.passes(block - at) && pass(block))) {
            lastHeader = null;
            long begun = nanos.getAsLong();
            mounted.seek(block);
            pace.jumped(nanos.getAsLong() - begun);
            at = block;
        }
    }

    /** Reads what is before a position. */
    private boolean pass(long block) throws IOException {
        lastHeader = null;
        try {
            while (at < block) {
                ReadRecords got = read((int) Math.min(block - at, records.size()));
                if (got.records() == 0 && got.end() != ReadRecords.End.FILEMARK) {
                    return false;
                }
            }
            return true;
        } catch (TapeMediumException e) {
            return false; // whatever is wrong with what nobody wants
        }
    }

    private ReadRecords read(int count) throws IOException {
        List<ByteBuffer> into = records.subList(0, count);
        into.forEach(ByteBuffer::clear);
        long begun = nanos.getAsLong();
        ReadRecords got = drive.read(into);
        at += got.records() + (got.end() == ReadRecords.End.FILEMARK ? 1 : 0);
        if (got.records() > 0) {
            pace.read(got.records(), nanos.getAsLong() - begun);
        }
        return got;
    }
}
