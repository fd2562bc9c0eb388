package org.hikae.tapekit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.Written;

/**
 * Records that a drive has taken, and that are not on the tape yet. Not thread-safe.
 *
 * <p>Behind the early warning it keeps none: what there is no room for must be refused when it is given.
 */
final class RecordBuffer {

    private final TapeDrive drive;
    private final int most;
    private final List<ByteBuffer> records = new ArrayList<>();
    private boolean earlyWarning;

    /** @param most number of records that are kept */
    RecordBuffer(TapeDrive drive, int most) {
        this.drive = drive;
        this.most = most;
    }

    int size() {
        return records.size();
    }

    /** Takes a record, and writes others if there are too many. */
    Written add(ByteBuffer record) throws IOException {
        if (earlyWarning || most == 0) {
            flush(records.size());
            return drive.write(List.of(record));
        }
        records.add(ByteBuffer.allocate(record.remaining()).put(record).flip());
        if (records.size() > most) {
            flush(records.size());
        }
        return new Written(1, earlyWarning);
    }

    /** Writes the first so many. */
    void flush(int count) throws IOException {
        if (count == 0) {
            return;
        }
        List<ByteBuffer> first = records.subList(0, count);
        Written written = drive.write(List.copyOf(first));
        first.clear();
        earlyWarning |= written.earlyWarning();
        if (written.records() < count) {
            throw new IOException("the drive gives its early warning too late for a buffer of " + most + " records");
        }
    }

    /** Loses all. */
    void clear() {
        records.clear();
    }

    /** The head is elsewhere. */
    void moved() {
        earlyWarning = false;
    }
}
