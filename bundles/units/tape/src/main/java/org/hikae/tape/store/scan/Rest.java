package org.hikae.tape.store.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hikae.api.tape.spi.ReadRecords;
import org.hikae.api.tape.spi.ReadRecords.End;
import org.hikae.tape.format.RecordHeader;
import org.hikae.tape.format.RecordSizes;
import org.hikae.tape.mount.Mounted;

/** What follows the last table of a cartridge: nothing, or what a session has left that did not come to its table. */
final class Rest {

    private Rest() {}

    /**
     * The session that has left it; empty if there is no record.
     *
     * @param tail position behind the last table
     * @throws org.hikae.tape.format.DamagedRecordException if its first record is none of ours, or not as it was written
     * @throws IOException if it cannot be read
     */
    static Optional<UUID> session(Mounted mounted, long tail) throws IOException {
        mounted.seek(tail);
        ByteBuffer record = ByteBuffer.allocate(RecordSizes.USUAL);
        while (true) {
            ReadRecords read = mounted.drive().read(List.of(record.clear()));
            if (read.records() == 1) {
                return Optional.of(RecordHeader.open(record).session());
            }
            if (read.end() == End.DATA) {
                return Optional.empty();
            }
        }
    }
}
