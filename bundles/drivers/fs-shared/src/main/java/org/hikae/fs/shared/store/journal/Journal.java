package org.hikae.fs.shared.store.journal;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.region.Sectors;
import org.hikae.fs.shared.store.region.Span;

/**
 * What was committed since the last checkpoint: records, one after the other from the beginning on, numbered without a gap.
 * A checkpoint makes all of them needless, and the next record begins anew. Not thread-safe.
 */
public final class Journal {

    private static final String STRUCTURE = "journal";

    private final Span span;
    private final Sectors sectors;
    private long end;

    public Journal(Span span, UUID id) {
        this.span = span;
        this.sectors = new Sectors(STRUCTURE, id);
    }

    /** Empties it for good: nothing of a file system that was there before is left. */
    public void begin() throws IOException {
        span.zero();
        end = 0;
    }

    /** Bytes. */
    public long size() {
        return span.size();
    }

    /** Bytes that are taken. */
    public long taken() {
        return end;
    }

    public boolean fits(Operations operations) {
        return Sectors.bytes(operations.size()) <= span.size() - end;
    }

    /** Writes a record; it is durable once the device was forced. */
    public void append(Operations operations, long number) throws IOException {
        sectors.write(span, end, number, operations.content());
        end += Sectors.bytes(operations.size());
    }

    /** All that it says is durable elsewhere. */
    public void reset() {
        end = 0;
    }

    /**
     * Does again what was committed after a checkpoint.
     *
     * @param after number of the last record that the checkpoint holds
     * @return the greatest number that was ever used, as far as it can be seen
     * @throws FileSystemRefusedException if a record is damaged, or some are missing
     */
    public long replay(long after, Operations.Target target) throws IOException {
        long last = after;
        long at = 0;
        while (at < span.size()) {
            Optional<Sectors.Message> record = sectors.read(span, at);
            if (record.isEmpty()
                    || record.get().number() != last + 1
                    || !record.get().isWhole()) {
                break;
            }
            Operations.replay(record.get().content(), target);
            at += record.get().bytes();
            last++;
        }
        return checkEnd(last, at);
    }

    /** After the last record there may be one more that was not written to its end, and never one after that. */
    private long checkEnd(long last, long at) throws IOException {
        long highest = Math.max(last, sectors.highest(span, at));
        if (highest > last + 1) {
            throw new FileSystemRefusedException(
                    STRUCTURE, span.block(at), "record " + (last + 1) + " is missing, and there is " + highest);
        }
        return highest;
    }
}
