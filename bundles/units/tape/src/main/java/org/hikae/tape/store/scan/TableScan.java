package org.hikae.tape.store.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.job.Progress;
import org.hikae.api.tape.spi.EndOfDataException;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.ReadRecords.End;
import org.hikae.api.tape.spi.RecordLengthException;
import org.hikae.api.tape.spi.TapeDrive;
import org.hikae.api.tape.spi.TapeMediumException;
import org.hikae.tape.format.DamagedRecordException;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.format.Table;
import org.hikae.tape.format.TableParts;
import org.hikae.tape.mount.Mounted;

/**
 * Finds the tables of a cartridge, from a position on, by its filemarks: data are passed over. A table counts with the filemark
 * behind it. What cannot be read is passed over and named; what follows it is found nevertheless.
 */
public final class TableScan {

    /** Places that cannot be read, after which one gives up. */
    private static final int MOST_TROUBLES = 64;

    private final Mounted mounted;
    private final Sink sink;
    private final Progress progress;
    private final TapeDrive drive;
    private final ByteBuffer record = ByteBuffer.allocate(RecordSizes.USUAL);
    private final List<String> problems = new ArrayList<>();
    private long tail;
    private End end;

    /** Is told of tables. */
    @FunctionalInterface
    public interface Sink {

        /** @param end position behind the table's filemark */
        void found(Table table, long end) throws IOException;
    }

    /**
     * What was found.
     *
     * @param tail position behind the last table, or where one began
     * @param problems what could not be read and may have been a table, a sentence each
     */
    public record Result(long tail, List<String> problems) {}

    private TableScan(Mounted mounted, Sink sink, Progress progress) {
        this.mounted = mounted;
        this.sink = sink;
        this.progress = progress;
        this.drive = mounted.drive();
    }

    /**
     * Looks for tables.
     *
     * @param from position where a section begins, or the tape ends
     * @throws EndOfDataException if the tape ends before that
     * @throws IOException if the drive fails, or the sink throws it
     */
    public static Result scan(Mounted mounted, long from, Sink sink, Progress progress) throws IOException {
        TableScan scan = new TableScan(mounted, sink, progress);
        scan.run(from);
        return new Result(scan.tail, scan.problems);
    }

    private void run(long from) throws IOException {
        mounted.seek(from);
        tail = from;
        while (problems.size() < MOST_TROUBLES) {
            progress.check();
            if (!pass() || !look()) {
                return;
            }
        }
        problems.add("cartridge " + mounted.barcode() + " cannot be read from position " + drive.position()
                + " on: there is too much that is damaged");
    }

    /** Moves behind the next filemark; false at the end of data. */
    private boolean pass() throws IOException {
        long before = drive.position();
        try {
            return drive.spaceFilemarks(1) == 1;
        } catch (TapeMediumException e) {
            return trouble(before, e);
        }
    }

    /** Moves on behind a place that cannot be read; false if that cannot be done. */
    private boolean trouble(long before, TapeMediumException e) throws IOException {
        long at = drive.position();
        problems.add("cartridge " + mounted.barcode() + " cannot be read at position " + at + ": " + e.getMessage());
        if (at > before) {
            return true;
        }
        try {
            mounted.seek(before + 1);
            return true;
        } catch (EndOfDataException | TapeMediumException end) {
            end.addSuppressed(e);
            problems.add("cartridge " + mounted.barcode() + " cannot be read from position " + at + " on: "
                    + end.getMessage());
            return false;
        }
    }

    /** Looks whether a table is here; false at the end of data. */
    private boolean look() throws IOException {
        long at = drive.position();
        try {
            if (!read()) {
                return end != End.DATA;
            }
            RecordHeader header = RecordHeader.open(record);
            if (header.kind() == RecordHeader.Kind.DATA) {
                return true;
            }
            check(header, at);
            return gather(header);
        } catch (RecordLengthException | DamagedRecordException e) {
            problems.add("cartridge " + mounted.barcode() + " has something at position " + at
                    + " that may have been a table: " + e.getMessage());
            return true;
        } catch (TapeMediumException e) {
            return trouble(at, e);
        }
    }

    private boolean read() throws IOException {
        ReadRecords read = drive.read(List.of(record.clear()));
        end = read.end();
        return read.records() == 1;
    }

    private boolean gather(RecordHeader first) throws IOException {
        TableParts parts = new TableParts(first);
        long at = first.position();
        RecordHeader header = first;
        while (true) {
            check(header, at);
            parts.add(header, record);
            if (!read()) {
                break;
            }
            at++;
            header = RecordHeader.open(record);
        }
        if (end == End.DATA) {
            return false; // a kill came before the filemark
        }
        Table table = parts.join();
        tail = drive.position();
        sink.found(table, tail);
        return true;
    }

    private static void check(RecordHeader header, long at) throws DamagedRecordException {
        if (header.position() != at) {
            throw new DamagedRecordException("a record says that it is at position " + header.position());
        }
    }
}
